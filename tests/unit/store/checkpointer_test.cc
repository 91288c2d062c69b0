#include "store/checkpointer.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "store/database.h"
#include "support/eventually.h"
#include "support/temp_dir.h"
#include "unit/store/pages.h"

namespace wswp::store {
namespace {

class CheckpointerTest : public testing::Test {
 protected:
  CheckpointerTest() { database_.execute("create table t (a integer primary key, b blob not null)"); }

  /// Adds so many pages, in commits of a hundred.
  void fill(int pages) { fill(database_, pages); }
  static void fill(Database& database, int pages) {
    constexpr int kPagesACommit = 100;
    for (int done = 0; done < pages; done += kPagesACommit) add_pages(database, kPagesACommit);
  }
  std::uintmax_t size(const char* name) { return std::filesystem::file_size(directory_.file(name)); }

  test::TempDir directory_;
  Database database_{directory_.file("x.db"), Mode::kReadWrite, 1024, Checkpoints::kBeside};
};

constexpr std::uintmax_t kPage = 4096;

TEST_F(CheckpointerTest, MovesTheLogWhileNobodyCommits) {
  fill(3'000);
  EXPECT_LT(size("x.db"), 100 * kPage) << "too few pages";
  fill(1'500);
  EXPECT_TRUE(test::eventually([&] { return size("x.db") > 3'900 * kPage; }));
}

TEST_F(CheckpointerTest, BoundsTheLogOfOneWhoAlwaysCommits) {
  fill(20'000);
  EXPECT_LT(size("x.db-wal"), 13'000 * kPage);
  EXPECT_GT(size("x.db"), 7'000 * kPage);
}

TEST_F(CheckpointerTest, EndsWithItsConnectionAndLosesNothing) {
  {
    Database ends(directory_.file("x.db"), Mode::kReadWrite, 1024, Checkpoints::kBeside);
    fill(ends, 4'500);  // so that a checkpoint may be under way
  }
  Statement count(database_, "select count(*) from t");
  ASSERT_TRUE(count.bind().step());
  EXPECT_EQ(count.integer(0), 4'500);
}

TEST_F(CheckpointerTest, AsksTheCallerToMoveWhatIsLeft) {
  Checkpointer checkpointer(directory_.file("x.db"));
  EXPECT_FALSE(checkpointer.on_commit(3'999));
  EXPECT_FALSE(checkpointer.on_commit(4'000)) << "its thread does it";
  EXPECT_TRUE(test::eventually([&] { return checkpointer.on_commit(4'100); }));
  EXPECT_FALSE(checkpointer.on_commit(1)) << "the log has begun anew";
}

TEST(Checkpointer, AsksTheCallerWhereTheLogGetsLong) {
  const test::TempDir directory;
  Checkpointer checkpointer(directory.file("missing/x.db"));
  EXPECT_FALSE(checkpointer.on_commit(4'000)) << "its thread finds that it cannot";
  EXPECT_FALSE(checkpointer.on_commit(11'999));
  EXPECT_TRUE(checkpointer.on_commit(12'000));
  EXPECT_TRUE(checkpointer.on_commit(12'001));
}

}  // namespace
}  // namespace wswp::store
