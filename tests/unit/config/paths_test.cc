#include "config/paths.h"

#include <gtest/gtest.h>

#include "config/load.h"

namespace wswp::config {
namespace {

TEST(Paths, OfRootAreTheSystems) {
  const Paths paths = root_paths();
  EXPECT_EQ(paths.config_file, "/etc/wswp/wswpd.toml");
  EXPECT_EQ(paths.data_dir, "/var/lib/wswp");
  EXPECT_EQ(paths.socket, "/run/wswp/wswpd.sock");
}

TEST(Paths, OfAUserFollowTheXdgVariables) {
  const Paths paths = user_paths({1000, "/home/ada", "/c", "/d", "/run/user/1000"});
  EXPECT_EQ(paths.config_file, "/c/wswp/wswpd.toml");
  EXPECT_EQ(paths.data_dir, "/d/wswp");
  EXPECT_EQ(paths.socket, "/run/user/1000/wswp/wswpd.sock");
}

TEST(Paths, OfAUserWithoutXdgVariablesAreInTheHome) {
  const Paths paths = user_paths({1000, "/home/ada", "", "", ""});
  EXPECT_EQ(paths.config_file, "/home/ada/.config/wswp/wswpd.toml");
  EXPECT_EQ(paths.data_dir, "/home/ada/.local/share/wswp");
  EXPECT_EQ(paths.socket, "/tmp/wswp-1000/wswpd.sock");
}

TEST(Paths, RelativeXdgVariablesCountAsUnset) {
  const Paths unset = user_paths({1000, "/home/ada", "", "", ""});
  const Paths relative = user_paths({1000, "/home/ada", "c", "./d", "run"});
  EXPECT_EQ(relative.config_file, unset.config_file);
  EXPECT_EQ(relative.data_dir, unset.data_dir);
  EXPECT_EQ(relative.socket, unset.socket);
}

TEST(Paths, AreThoseOfTheDefaultSettings) {
  EXPECT_EQ(defaults(true), Settings{});
  const Paths paths = user_paths(Environment::current());
  EXPECT_EQ(defaults(false).data_dir, paths.data_dir);
  EXPECT_EQ(defaults(false).socket, paths.socket);
  EXPECT_EQ(defaults().socket, default_paths().socket);
}

}  // namespace
}  // namespace wswp::config
