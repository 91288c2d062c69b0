#include "store/database.h"

#include <gtest/gtest.h>

#include "support/temp_dir.h"

namespace wswp::store {
namespace {

class DatabaseTest : public testing::Test {
 protected:
  DatabaseTest() { database_.execute("create table t (a integer primary key, b text)"); }

  std::int64_t count() {
    Statement statement(database_, "select count(*) from t");
    return statement.bind().step() ? statement.integer(0) : -1;
  }

  test::TempDir directory_;
  Database database_{directory_.file("x.db"), Mode::kReadWrite, 1024};
};

TEST_F(DatabaseTest, ATransactionThatIsNotCommittedLeavesNoTrace) {
  {
    Transaction transaction(database_);
    database_.execute("insert into t values (1, 'x')");
  }
  EXPECT_EQ(count(), 0);
  Transaction transaction(database_);
  database_.execute("insert into t values (1, 'x')");
  transaction.commit();
  EXPECT_EQ(count(), 1);
}

TEST_F(DatabaseTest, BindsAndReadsEveryType) {
  Statement insert(database_, "insert into t values (?, ?)");
  EXPECT_EQ(insert.run(1, std::string_view("a\0b", 3)), 1);
  EXPECT_EQ(insert.run(2, nullptr), 1);
  EXPECT_EQ(insert.run(3, std::string_view()), 1);
  Statement select(database_, "select a, b from t order by a");
  select.bind();
  ASSERT_TRUE(select.step());
  EXPECT_EQ(select.text(1), std::string_view("a\0b", 3));
  ASSERT_TRUE(select.step());
  EXPECT_TRUE(select.is_null(1));
  EXPECT_EQ(select.text(1), "");
  ASSERT_TRUE(select.step());
  EXPECT_FALSE(select.is_null(1));
  EXPECT_FALSE(select.step());
}

TEST_F(DatabaseTest, ABugIsALogicErrorAndAStorageProblemAFailure) {
  EXPECT_THROW(Statement(database_, "select nonsense from t"), std::logic_error);
  Statement insert(database_, "insert into t values (1, 'x')");
  insert.run();
  EXPECT_THROW(insert.run(), std::logic_error) << "the same key twice";
  Database reader(directory_.file("x.db"), Mode::kReadOnly, 1024);
  Statement refused(reader, "insert into t values (2, 'x')");
  EXPECT_THROW(refused.run(), Failure);
  EXPECT_THROW(Database(directory_.file("missing/x.db"), Mode::kReadWrite, 1024), Failure);
}

TEST_F(DatabaseTest, ReadersSeeAConsistentStateWhileAWriterWrites) {
  Database reader(directory_.file("x.db"), Mode::kReadOnly, 1024);
  Transaction transaction(database_);
  database_.execute("insert into t values (1, 'x')");
  Statement statement(reader, "select count(*) from t");
  ASSERT_TRUE(statement.bind().step());
  EXPECT_EQ(statement.integer(0), 0);
}

}  // namespace
}  // namespace wswp::store
