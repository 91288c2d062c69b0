#include "daemon/api/peer.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"

namespace wswp::api {
namespace {

TEST(MayUse, RootTheUserAndTheGroup) {
  EXPECT_TRUE(may_use({0, {0}}, 500, 600));
  EXPECT_TRUE(may_use({500, {1}}, 500, 600));
  EXPECT_TRUE(may_use({501, {1, 600}}, 500, 600));
  EXPECT_FALSE(may_use({501, {1, 500}}, 500, 600));
  EXPECT_FALSE(may_use({501, {}}, 500, 600));
}

TEST(PeerOf, NamesTheProcessAtTheOtherEnd) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
  const FileDescriptor first(ends[0]), second(ends[1]);
  const auto peer = peer_of(first.get());
  ASSERT_TRUE(peer);
  EXPECT_EQ(peer->uid, ::geteuid());
  EXPECT_THAT(peer->groups, testing::Contains(::getegid()));
}

TEST(PeerOf, NothingForWhatIsNoSocket) {
  EXPECT_FALSE(peer_of(-1));
}

}  // namespace
}  // namespace wswp::api
