#include "daemon/log_watch.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/holding_process.h"
#include "support/temp_dir.h"

namespace wswp::daemon {
namespace {

TEST(ReadersIn, AreThoseWithALockOfAReaderOnThatFile) {
  const dev_t device = makedev(8, 1);
  const std::string_view locks =
      "1: POSIX  ADVISORY  READ  11 08:01:77 123 123\n"
      "2: POSIX  ADVISORY  WRITE 12 08:01:77 120 120\n"  // writes
      "3: POSIX  ADVISORY  READ  13 08:01:77 128 128\n"  // has it open
      "4: POSIX  ADVISORY  READ  14 08:01:78 124 124\n"  // another file
      "5: FLOCK  ADVISORY  WRITE 15 08:01:77 0 EOF\n"
      "5: -> POSIX  ADVISORY  READ  16 08:01:77 124 124\n"  // waits
      "6: POSIX  ADVISORY  READ  17 08:01:77 127 127\n"
      "7: POSIX  ADVISORY  READ  18 08:02:77 127 127\n"
      "nonsense\n";
  EXPECT_EQ(readers_in(locks, device, 77), (std::set<pid_t>{11, 17}));
  EXPECT_TRUE(readers_in("", device, 77).empty());
}

/// A program that holds the lock of a reader until it is told to end.
class Reader : public test::HoldingProcess {
 public:
  explicit Reader(const std::string& index)
      : HoldingProcess([&] {
          struct flock lock {};
          lock.l_type = F_RDLCK;
          lock.l_whence = SEEK_SET;
          lock.l_start = 124;
          lock.l_len = 1;
          return ::fcntl(::open(index.c_str(), O_RDWR), F_SETLK, &lock) == 0;
        }) {}
};

class LogWatchTest : public testing::Test {
 protected:
  LogWatchTest() {
    std::ofstream(database_ + "-shm") << "";
    std::ofstream(database_ + "-wal") << "";
  }
  void resize_log(std::int64_t bytes) const {
    std::filesystem::resize_file(database_ + "-wal", static_cast<std::uintmax_t>(bytes));  // has no blocks
  }
  static constexpr std::int64_t kLarge = LogWatch::kLargeBytes + 1;
  static constexpr MonoMs kPatience = LogWatch::kPatienceMs;

  test::TempDir directory_;
  const std::string database_ = directory_.file("wswp.db");
  LogWatch watch_{database_};
};

TEST_F(LogWatchTest, NamesWhoHoldsALargeLogForLong) {
  const Reader reader(database_ + "-shm");
  resize_log(kLarge);
  watch_.look(1000, {});
  EXPECT_FALSE(watch_.problem()) << "it may end soon";
  watch_.look(1000 + kPatience, {});
  ASSERT_TRUE(watch_.problem());
  EXPECT_EQ(watch_.problem()->reader, reader.pid());
  EXPECT_EQ(watch_.problem()->bytes, kLarge);
  EXPECT_FALSE(watch_.problem()->name.empty());
  resize_log(1000);
  watch_.look(2000 + kPatience, {});
  EXPECT_FALSE(watch_.problem());
}

TEST_F(LogWatchTest, ASmallLogAndOurOwnAreNoProblem) {
  const Reader reader(database_ + "-shm");
  for (MonoMs now = 1000; now < 1000 + 3 * kPatience; now += 1000) watch_.look(now, {});
  EXPECT_FALSE(watch_.problem());
  resize_log(kLarge);
  for (MonoMs now = 1000; now < 1000 + 3 * kPatience; now += 1000) watch_.look(now, {reader.pid()});
  EXPECT_FALSE(watch_.problem());
}

TEST_F(LogWatchTest, WhoeverReadsForAShortTimeIsNotBlamed) {
  resize_log(kLarge);
  for (MonoMs now = 1000; now < 1000 + 3 * kPatience; now += 1000) {
    const Reader one(database_ + "-shm");  // another each time
    watch_.look(now, {});
    EXPECT_FALSE(watch_.problem());
  }
}

TEST_F(LogWatchTest, ThereMayBeNoLog) {
  std::filesystem::remove(database_ + "-wal");
  watch_.look(1000, {});
  watch_.look(1000 + kPatience, {});
  EXPECT_FALSE(watch_.problem());
}

}  // namespace
}  // namespace wswp::daemon
