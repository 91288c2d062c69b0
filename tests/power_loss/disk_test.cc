// What the tests of power cuts stand on: a disk that forgets, and the locks of connections on it.

#include <gtest/gtest.h>

#include <set>

#include "disk.h"
#include "power_cut_vfs.h"
#include "store/database.h"

namespace wswp::power {
namespace {

constexpr int kTries = 300;

/// The contents that a file may have after a cut; "(none)": it is not there.
std::set<std::string> outcomes(const Disk& disk, const std::string& name) {
  Dice dice(1);
  std::set<std::string> seen;
  for (int i = 0; i < kTries; ++i) {
    const Files files = disk.survivors(dice);
    seen.insert(files.contains(name) ? files.at(name) : "(none)");
  }
  return seen;
}

TEST(DiskTest, KeepsWhatWasSynced) {
  Disk disk;
  const Disk::FilePtr file = disk.create("f");
  disk.write(*file, 0, "old");
  disk.sync(*file);
  disk.sync_directory();
  EXPECT_EQ(outcomes(disk, "f"), std::set<std::string>{"old"});
}

TEST(DiskTest, MayKeepOrLoseWhatWasNot) {
  Disk disk;
  disk.load({{"f", "old"}});
  disk.write(*disk.find("f"), 0, "new");
  const std::set<std::string> seen = outcomes(disk, "f");
  EXPECT_TRUE(seen.contains("old"));
  EXPECT_TRUE(seen.contains("new"));
}

TEST(DiskTest, MayKeepALaterWriteWithoutAnEarlierOne) {
  Disk disk;
  disk.load({{"f", "aabb"}});
  disk.write(*disk.find("f"), 0, "AA");
  disk.write(*disk.find("f"), 2, "BB");
  EXPECT_TRUE(outcomes(disk, "f").contains("aaBB"));
}

TEST(DiskTest, TearsWritesBetweenSectors) {
  Disk disk;
  disk.load({{"f", std::string(2 * kSector, 'o')}});
  disk.write(*disk.find("f"), 0, std::string(2 * kSector, 'n'));
  const std::set<std::string> seen = outcomes(disk, "f");
  EXPECT_TRUE(seen.contains(std::string(kSector, 'o') + std::string(kSector, 'n')));
  EXPECT_TRUE(seen.contains(std::string(kSector, 'n') + std::string(kSector, 'o')));
}

TEST(DiskTest, ForgetsNamesUntilTheDirectoryIsSynced) {
  Disk disk;
  const Disk::FilePtr file = disk.create("f");
  disk.write(*file, 0, "x");
  disk.sync(*file);
  EXPECT_EQ(outcomes(disk, "f"), (std::set<std::string>{"(none)", "x"}));
  disk.sync_directory();
  disk.remove("f");
  EXPECT_EQ(outcomes(disk, "f"), (std::set<std::string>{"(none)", "x"}));
  disk.sync_directory();
  EXPECT_EQ(outcomes(disk, "f"), std::set<std::string>{"(none)"});
}

TEST(DiskTest, ChangesNothingWithoutPower) {
  Disk disk;
  disk.load({{"f", "old"}, {"g", "old"}});
  disk.arm(2, "f");
  EXPECT_TRUE(disk.write(*disk.find("g"), 0, "new"));
  EXPECT_TRUE(disk.write(*disk.find("f"), 0, "new"));
  EXPECT_FALSE(disk.sync(*disk.find("f")));
  EXPECT_FALSE(disk.write(*disk.find("g"), 0, "newer"));
  EXPECT_TRUE(disk.is_off());
  EXPECT_TRUE(outcomes(disk, "f").contains("old"));
}

TEST(SharingTest, AWriterAndReadersOfTheFile) {
  Sharing sharing;
  Sharing::Holder a, b;
  sharing.enter(&a);
  sharing.enter(&b);
  EXPECT_EQ(sharing.lock(a, SQLITE_LOCK_SHARED), SQLITE_OK);
  EXPECT_EQ(sharing.lock(b, SQLITE_LOCK_SHARED), SQLITE_OK);
  EXPECT_EQ(sharing.lock(a, SQLITE_LOCK_RESERVED), SQLITE_OK);
  EXPECT_EQ(sharing.lock(b, SQLITE_LOCK_RESERVED), SQLITE_BUSY);
  EXPECT_EQ(sharing.lock(a, SQLITE_LOCK_EXCLUSIVE), SQLITE_BUSY);
  Sharing::unlock(b, SQLITE_LOCK_NONE);
  EXPECT_EQ(sharing.lock(b, SQLITE_LOCK_SHARED), SQLITE_BUSY) << "a writer waits for its readers";
  EXPECT_EQ(sharing.lock(a, SQLITE_LOCK_EXCLUSIVE), SQLITE_OK);
}

TEST(SharingTest, SlotsOfTheSharedMemory) {
  Sharing sharing;
  Sharing::Holder a, b;
  sharing.enter(&a);
  sharing.enter(&b);
  EXPECT_EQ(sharing.lock_shared(a, 0b1000), SQLITE_OK);
  EXPECT_EQ(sharing.lock_shared(b, 0b1000), SQLITE_OK);
  EXPECT_EQ(sharing.lock_exclusive(b, 0b1100), SQLITE_BUSY);
  EXPECT_EQ(sharing.lock_exclusive(b, 0b0100), SQLITE_OK);
  EXPECT_EQ(sharing.lock_shared(a, 0b0100), SQLITE_BUSY);
  sharing.leave(&b);
  EXPECT_EQ(sharing.lock_shared(a, 0b0100), SQLITE_OK);
}

TEST(PowerCutVfsTest, ConnectionsSeeEachOthersCommits) {
  PowerCutVfs vfs;
  vfs.boot({}, 1);
  store::Database a("/x.db", store::Mode::kReadWrite, 100), b("/x.db", store::Mode::kReadWrite, 100);
  a.execute("create table t (x); insert into t values (1)");
  b.execute("insert into t values (2)");
  store::Statement sum(a, "select sum(x) from t");
  ASSERT_TRUE(sum.bind().step());
  EXPECT_EQ(sum.integer(0), 3);
  EXPECT_GT(vfs.open_files(), 0U);
}

}  // namespace
}  // namespace wswp::power
