// The data-directory lock: free, held by a living daemon, left by a dead one, in a directory that cannot be written,
// and where there is no directory.
#include "daemon/lock.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/holding_process.h"
#include "support/temp_dir.h"

namespace wswp::daemon {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A process that holds the lock of `directory`.
class Holder : public test::HoldingProcess {
 public:
  explicit Holder(const std::string& directory)
      : HoldingProcess([&] {
          static auto lock = DataLock::take(directory);
          return bool(lock);
        }) {}
};

TEST(DataLock, FreeDirectoryIsTakenAndNamesThePid) {
  const test::TempDir dir;
  const auto lock = DataLock::take(dir.path());
  ASSERT_TRUE(lock) << lock.message();
  EXPECT_EQ(content_of(dir.path() + "/wswpd.lock"), fmt::format("{}\n", ::getpid()));
}

TEST(DataLock, IsFreeAgainAfterItsHolder) {
  const test::TempDir dir;
  { ASSERT_TRUE(DataLock::take(dir.path())); }
  EXPECT_TRUE(DataLock::take(dir.path(), 0ms));
}

TEST(DataLock, HeldByALivingDaemonIsRefusedAtOnceWithItsPid) {
  const test::TempDir dir;
  const Holder holder(dir.path());
  const auto lock = DataLock::take(dir.path(), 1h);
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.message(), fmt::format("data directory {} is in use by wswpd (pid {})", dir.path(), holder.pid()));
}

TEST(DataLock, StalePidInTheFileIsNoHindrance) {
  const test::TempDir dir;
  const pid_t dead = ::fork();
  if (dead == 0) ::_exit(0);
  ::waitpid(dead, nullptr, 0);
  std::ofstream(dir.path() + "/wswpd.lock") << dead << "\n9999999999 more than the new pid needs\n";
  ASSERT_TRUE(DataLock::take(dir.path(), 0ms));
  EXPECT_EQ(content_of(dir.path() + "/wswpd.lock"), fmt::format("{}\n", ::getpid()));
}

TEST(DataLock, ChildrenOfADeadDaemonKeepItLockedForAWhile) {
  const test::TempDir dir;
  Holder holder(dir.path());
  const pid_t dead = ::fork();
  if (dead == 0) ::_exit(0);
  ::waitpid(dead, nullptr, 0);
  std::ofstream(dir.path() + "/wswpd.lock") << dead << '\n';
  const auto lock = DataLock::take(dir.path(), 50ms);
  ASSERT_FALSE(lock);
  EXPECT_THAT(lock.message(), HasSubstr("left behind"));
}

TEST(DataLock, UnwritableDirectoryIsAClearError) {
  const test::TempDir dir;
  ::chmod(dir.path().c_str(), 0555);
  const uid_t self = ::geteuid();
  ASSERT_EQ(::seteuid(self == 0 ? 65534 : self), 0);  // root may write anywhere
  const auto lock = DataLock::take(dir.path());
  ASSERT_EQ(::seteuid(self), 0);
  ASSERT_FALSE(lock);
  EXPECT_THAT(lock.message(), HasSubstr("wswpd.lock: Permission denied"));
}

TEST(DataLock, NotADirectoryIsAClearError) {
  const test::TempDir dir;
  std::ofstream(dir.path() + "/file") << "x";
  const auto lock = DataLock::take(dir.path() + "/file");
  ASSERT_FALSE(lock);
  EXPECT_THAT(lock.message(), HasSubstr("Not a directory"));
}

}  // namespace
}  // namespace wswp::daemon
