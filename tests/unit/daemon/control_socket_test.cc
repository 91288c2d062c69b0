#include "daemon/control_socket.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temp_dir.h"

namespace wswp::daemon {
namespace {

using testing::HasSubstr;

mode_t mode_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

TEST(ControlSocket, IsMadeForOwnerAndGroupInADirectoryThatIsMadeToo) {
  const test::TempDir dir;
  const auto socket = ControlSocket::bind(dir.path() + "/run/wswp/wswpd.sock");
  ASSERT_TRUE(socket) << socket.message();
  EXPECT_EQ(mode_of(dir.path() + "/run/wswp/wswpd.sock"), 0660U);
  EXPECT_EQ(mode_of(dir.path() + "/run/wswp") & 0027U, 0U);
}

TEST(ControlSocket, StaleFileIsReplaced) {
  const test::TempDir dir;
  const std::string path = dir.path() + "/s";
  { ASSERT_TRUE(ControlSocket::bind(path)); }
  ASSERT_TRUE(std::filesystem::exists(path));
  EXPECT_TRUE(ControlSocket::bind(path));
}

TEST(ControlSocket, OneThatIsListenedOnIsLeftAlone) {
  const test::TempDir dir;
  const auto first = ControlSocket::bind(dir.path() + "/s");
  ASSERT_TRUE(first);
  const auto second = ControlSocket::bind(dir.path() + "/s");
  ASSERT_FALSE(second);
  EXPECT_THAT(second.message(), HasSubstr("in use"));
}

TEST(ControlSocket, OtherFilesAreLeftAlone) {
  const test::TempDir dir;
  std::ofstream(dir.path() + "/s") << "precious";
  EXPECT_FALSE(ControlSocket::bind(dir.path() + "/s"));
  EXPECT_EQ(std::filesystem::file_size(dir.path() + "/s"), 8U);
}

TEST(ControlSocket, PathOf107BytesFitsAndOf108IsRefused) {
  const test::TempDir dir;
  const std::string prefix = dir.path() + "/";
  EXPECT_TRUE(ControlSocket::bind(prefix + std::string(107 - prefix.size(), 's')));
  const auto longer = ControlSocket::bind(prefix + std::string(108 - prefix.size(), 't'));
  ASSERT_FALSE(longer);
  EXPECT_THAT(longer.message(), HasSubstr("107"));
}

TEST(ControlSocket, UnlinkRemovesOnlyItsOwnFile) {
  const test::TempDir dir;
  const std::string path = dir.path() + "/s";
  const auto socket = ControlSocket::bind(path);
  ASSERT_TRUE(socket);
  std::filesystem::rename(path, dir.path() + "/away");
  std::ofstream(path) << "somebody else's";
  socket->unlink();
  EXPECT_TRUE(std::filesystem::exists(path));
  std::filesystem::rename(dir.path() + "/away", path);
  socket->unlink();
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace wswp::daemon
