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

#include "support/temp_dir.h"

namespace wswp::daemon {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A child that takes the lock of `directory` and holds it until told to end.
class Holder {
 public:
  explicit Holder(const std::string& directory) {
    std::array<int, 2> held{}, end{};
    EXPECT_EQ(::pipe(held.data()), 0);
    EXPECT_EQ(::pipe(end.data()), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(end[1]);
      const auto lock = DataLock::take(directory);
      char byte = lock ? 'y' : 'n';
      if (::write(held[1], &byte, 1) != 1) ::_exit(1);
      while (::read(end[0], &byte, 1) > 0) {
      }
      ::_exit(0);
    }
    ::close(held[1]);
    ::close(end[0]);
    char byte = 0;
    EXPECT_EQ(::read(held[0], &byte, 1), 1);
    EXPECT_EQ(byte, 'y');
    ::close(held[0]);
    end_ = FileDescriptor(end[1]);
  }
  ~Holder() {
    end_.reset();
    ::waitpid(pid_, nullptr, 0);
  }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = 0;
  FileDescriptor end_;
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
