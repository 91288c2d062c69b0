#include "daemon/api/peer.h"

#include <grp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "support/temp_dir.h"

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

/// What is known of this process where it connects to a socket of its own.
std::optional<Peer> seen_connecting() {
  const test::TempDir directory;
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  directory.file("socket").copy(name.sun_path, sizeof(name.sun_path) - 1);
  const auto* address = reinterpret_cast<const sockaddr*>(&name);
  const FileDescriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  EXPECT_EQ(::bind(listener.get(), address, sizeof(name)), 0);
  EXPECT_EQ(::listen(listener.get(), 1), 0);
  const FileDescriptor client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  EXPECT_EQ(::connect(client.get(), address, sizeof(name)), 0);
  const FileDescriptor accepted(::accept(listener.get(), nullptr, nullptr));
  return peer_of(accepted.get());
}

std::vector<gid_t> supplementary_groups() {
  std::vector<gid_t> groups(static_cast<std::size_t>(::getgroups(0, nullptr)));
  ::getgroups(static_cast<int>(groups.size()), groups.data());
  return groups;
}

TEST(PeerOf, NamesTheSupplementaryGroupsToo) {
  const auto peer = seen_connecting();
  ASSERT_TRUE(peer);
  std::vector<gid_t> groups = supplementary_groups();
  groups.push_back(::getegid());
  EXPECT_THAT(peer->groups, testing::UnorderedElementsAreArray(groups));
}

TEST(PeerOf, NamesThemHoweverManyThereAre) {
  const std::vector<gid_t> before = supplementary_groups();
  std::vector<gid_t> many;
  for (gid_t group = 40'000; group < 40'200; ++group) many.push_back(group);
  if (::setgroups(many.size(), many.data()) != 0) GTEST_SKIP() << "only root may choose his groups";
  const auto peer = seen_connecting();
  ASSERT_EQ(::setgroups(before.size(), before.data()), 0);
  ASSERT_TRUE(peer);
  many.push_back(::getegid());
  EXPECT_THAT(peer->groups, testing::UnorderedElementsAreArray(many));
}

TEST(PeerOf, NothingForWhatIsNoSocket) {
  EXPECT_FALSE(peer_of(-1));
}

}  // namespace
}  // namespace wswp::api
