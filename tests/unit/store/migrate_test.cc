#include "store/migrate.h"

#include <gtest/gtest.h>

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
