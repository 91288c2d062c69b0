#include "store/migrate.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "store/database.h"
#include "support/temp_dir.h"

namespace wswp::store {
namespace {

class MigrateTest : public testing::Test {
 protected:
  test::TempDir directory_;
  const std::string path_ = directory_.file("wswp.db");
};

TEST_F(MigrateTest, MakesANewDatabaseAndLeavesACurrentOneAlone) {
  EXPECT_TRUE(migrate(path_).ok());
  EXPECT_TRUE(migrate(path_).ok());
  Database database(path_, Mode::kReadOnly, 1024);
  Statement version(database, "pragma user_version");
  ASSERT_TRUE(version.bind().step());
  EXPECT_EQ(version.integer(0), newest_schema());
}

TEST_F(MigrateTest, LeavesALongLogOfTheLastRunForLater) {
  ASSERT_TRUE(migrate(path_).ok());
  {
    Database killed(path_, Mode::kReadWrite, 1024, Checkpoints::kOthers);
    killed.execute(
        "insert into meta values ('long', 1); create table t (a); insert into t values (zeroblob(40000000))");
  }
  const std::string wal = path_ + "-wal";
  const auto left = std::filesystem::file_size(wal);
  ASSERT_GT(left, 40'000'000U);
  {
    const auto database = open_migrated(path_);
    ASSERT_TRUE(database.ok()) << database.message();
    (*database)->execute("update meta set value = 2 where key = 'long'");  // 10,000 pages wait, and it is not its work
    EXPECT_LT(std::filesystem::file_size(path_), 1'000'000U);
  }
  EXPECT_GE(std::filesystem::file_size(wal), left);
  Database next(path_, Mode::kReadWrite, 1024);
  EXPECT_EQ(next.checkpoint(), Moved::kAll);
  EXPECT_GT(std::filesystem::file_size(path_), 40'000'000U);
  EXPECT_EQ(Statement(next, "select value from meta where key = 'long'").bind().step(), true);
}

TEST_F(MigrateTest, RefusesANewerSchemaAndNamesBoth) {
  ASSERT_TRUE(migrate(path_).ok());
  Database(path_, Mode::kReadWrite, 1024).execute("pragma user_version = 999");
  const Result<> result = migrate(path_);
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.message().find("schema 999"), std::string::npos) << result.message();
  EXPECT_NE(result.message().find("newer wswpd"), std::string::npos) << result.message();
}

TEST_F(MigrateTest, RefusesTheDatabaseOfAnotherProgram) {
  Database(path_, Mode::kReadWrite, 1024).execute("create table t (a)");
  const Result<> result = migrate(path_);
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.message().find("another program"), std::string::npos) << result.message();
}

TEST_F(MigrateTest, RefusesWhatIsNoDatabase) {
  std::ofstream(path_) << std::string(8192, 'x');
  const Result<> result = migrate(path_);
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.message().find(path_), std::string::npos) << result.message();
}

}  // namespace
}  // namespace wswp::store
