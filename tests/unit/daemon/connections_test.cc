#include "daemon/api/connections.h"

#include <sys/socket.h>

#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace wswp::api {
namespace {

class ConnectionsTest : public testing::Test {
 protected:
  struct Client {
    FileDescriptor ours, theirs;
    Connections::Connection* connection = nullptr;
    bool hung_up() const {
      char byte = 0;
      return ::recv(theirs.get(), &byte, 1, MSG_DONTWAIT) == 0;
    }
  };

  Client connect(MonoMs now) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    Client client{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
    client.connection = connections_.add(client.ours.get(), now);
    return client;
  }

  Connections connections_{{.connections = 3, .long_requests = 2}};
};

TEST_F(ConnectionsTest, TheIdlestMakesRoom) {
  const Client a = connect(1), b = connect(2), c = connect(3);
  EXPECT_TRUE(connections_.begin_request(*a.connection));
  connections_.end_request(*a.connection, 10);
  const Client d = connect(11);
  EXPECT_TRUE(b.hung_up());
  const Client e = connect(12);
  EXPECT_TRUE(c.hung_up());
  EXPECT_FALSE(a.hung_up());
  EXPECT_FALSE(d.hung_up());
  EXPECT_TRUE(connections_.begin_request(*e.connection));
}

TEST_F(ConnectionsTest, WhoseRequestIsBeingAnsweredStays) {
  const Client a = connect(1), b = connect(2), c = connect(3);
  connections_.begin_request(*a.connection);
  connections_.begin_request(*b.connection);
  const Client d = connect(4);
  EXPECT_TRUE(c.hung_up());
  EXPECT_FALSE(a.hung_up());
  EXPECT_FALSE(b.hung_up());
  EXPECT_TRUE(connections_.begin_request(*d.connection));
}

TEST_F(ConnectionsTest, WhereNobodyIsIdleTheNewOneIsToldSo) {
  const Client a = connect(1), b = connect(2), c = connect(3);
  for (const Client* one : {&a, &b, &c}) connections_.begin_request(*one->connection);
  const Client surplus = connect(4);
  EXPECT_FALSE(connections_.begin_request(*surplus.connection));
  connections_.end_request(*surplus.connection, 5);
  connections_.remove(surplus.connection);
  connections_.remove(a.connection);
  const Client next = connect(6);
  EXPECT_TRUE(connections_.begin_request(*next.connection)) << "there is room again";
  EXPECT_FALSE(b.hung_up());
}

TEST_F(ConnectionsTest, RoomIsCountedByWhoIsThere) {
  std::vector<Client> gone;
  for (MonoMs now = 0; now < 10; ++now) {
    gone.push_back(connect(now));
    connections_.remove(gone.back().connection);
  }
  const Client a = connect(20), b = connect(21), c = connect(22);
  EXPECT_FALSE(a.hung_up());
  const Client d = connect(23);  // ends a
  EXPECT_TRUE(a.hung_up());
  connections_.remove(a.connection);
  connections_.remove(b.connection);
  const Client e = connect(24);
  EXPECT_FALSE(c.hung_up());
}

TEST_F(ConnectionsTest, LongRequestsHavePlacesOfTheirOwn) {
  const Client a = connect(1), b = connect(2), c = connect(3);
  for (const Client* one : {&a, &b, &c}) connections_.begin_request(*one->connection);
  EXPECT_TRUE(connections_.begin_long_request(*a.connection));
  EXPECT_TRUE(connections_.begin_long_request(*b.connection));
  EXPECT_FALSE(connections_.begin_long_request(*c.connection));
  connections_.end_request(*a.connection, 4);
  EXPECT_TRUE(connections_.begin_long_request(*c.connection));
  connections_.remove(b.connection);  // in the middle of it
  connections_.begin_request(*a.connection);
  EXPECT_TRUE(connections_.begin_long_request(*a.connection));
}

TEST_F(ConnectionsTest, ALullFollowsTheLastLongRequest) {
  const Client a = connect(1), b = connect(2);
  EXPECT_FALSE(connections_.take_lull());
  connections_.begin_long_request(*a.connection);
  connections_.begin_long_request(*b.connection);
  connections_.end_request(*a.connection, 3);
  EXPECT_FALSE(connections_.take_lull()) << "one is under way";
  connections_.end_request(*b.connection, 4);
  EXPECT_TRUE(connections_.take_lull());
  EXPECT_FALSE(connections_.take_lull()) << "once";
  connections_.begin_request(*a.connection);
  connections_.end_request(*a.connection, 5);
  EXPECT_FALSE(connections_.take_lull()) << "a short one leaves nothing";
}

}  // namespace
}  // namespace wswp::api
