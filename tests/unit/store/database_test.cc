#include "store/database.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "base/clock.h"
#include "support/eventually.h"
#include "support/temp_dir.h"
#include "unit/store/pages.h"

namespace wswp::store {
namespace {

using std::chrono::milliseconds;

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

TEST_F(DatabaseTest, ACommitMovesALongLogToTheFile) {
  const auto file_size = [this] { return std::filesystem::file_size(directory_.file("x.db")); };
  const auto small = file_size();
  add_pages(database_, 3900);
  EXPECT_EQ(file_size(), small);
  add_pages(database_, 200);
  EXPECT_GT(file_size(), small + std::uintmax_t{4000} * 4000);
}

class WriterSignalsTest : public DatabaseTest {
 protected:
  WriterSignals signals_{};
  Database long_work_{directory_.file("x.db"), Mode::kReadWrite, 1024, Checkpoints::kItself, &signals_};
};

TEST_F(WriterSignalsTest, LongWorkEndsItsTransactionsForOneWhoWaits) {
  Transaction transaction(long_work_);
  long_work_.execute("insert into t values (1, 'x')");
  EXPECT_FALSE(long_work_.should_commit(milliseconds(49)));
  std::jthread other([this] {
    Database database(directory_.file("x.db"), Mode::kReadWrite, 1024, Checkpoints::kItself, &signals_);
    Transaction waits(database);
    database.execute("insert into t values (2, 'x')");
    waits.commit();
  });
  EXPECT_TRUE(test::eventually([this] { return long_work_.should_commit(milliseconds(0)); }));
  transaction.commit();
  other.join();
  EXPECT_FALSE(long_work_.should_commit(milliseconds(49))) << "it has had the lock";
  EXPECT_EQ(count(), 2);
}

TEST_F(WriterSignalsTest, AStatementWithoutATransactionThatHasWaitedSaysThatItHasWritten) {
  Transaction transaction(long_work_);
  long_work_.execute("insert into t values (1, 'x')");
  std::jthread other([this] {
    Database database(directory_.file("x.db"), Mode::kReadWrite, 1024, Checkpoints::kItself, &signals_);
    database.execute("insert into t values (2, 'x')");
  });
  EXPECT_TRUE(test::eventually([this] { return signals_.waited_at_ms != 0; }));
  transaction.commit();
  other.join();
  EXPECT_EQ(signals_.waited_at_ms, 0);
  EXPECT_EQ(count(), 2);
}

TEST_F(WriterSignalsTest, LongWorkCommitsNowAndThenInAnyCase) {
  EXPECT_TRUE(long_work_.should_commit(milliseconds(50)));
}

TEST_F(WriterSignalsTest, WhoCannotKnowWhetherSomebodyWaitsCommitsMoreOften) {
  EXPECT_FALSE(database_.should_commit(milliseconds(11)));
  EXPECT_TRUE(database_.should_commit(milliseconds(12)));
}

TEST_F(WriterSignalsTest, WhatADeadProcessHasSaidGoesStale) {
  const MonoMs now = SystemClock().mono_ms();
  signals_.waited_at_ms = now - 21;
  EXPECT_FALSE(long_work_.should_commit(milliseconds(0)));
  signals_.waited_at_ms = now + 60'000;
  EXPECT_TRUE(long_work_.should_commit(milliseconds(0)));
  long_work_.give_way();  // and not for ever
}

TEST_F(WriterSignalsTest, TheLogIsLeftToOneWhoTendsToIt) {
  const auto file_size = [this] { return std::filesystem::file_size(directory_.file("x.db")); };
  const auto small = file_size();
  signals_.tended_at_ms = SystemClock().mono_ms() + 60'000;
  add_pages(long_work_, 4100);
  EXPECT_EQ(file_size(), small);
  signals_.tended_at_ms = SystemClock().mono_ms() - 1001;
  add_pages(long_work_, 1);
  EXPECT_GT(file_size(), small + std::uintmax_t{4100} * 4000);
}

TEST_F(WriterSignalsTest, TheLogIsBoundedWhoeverTendsToIt) {
  signals_.tended_at_ms = SystemClock().mono_ms() + 60'000;
  for (int i = 0; i < 200; ++i) add_pages(long_work_, 100);
  EXPECT_LT(std::filesystem::file_size(directory_.file("x.db-wal")), std::uintmax_t{13'000} * 4200);
}

TEST_F(WriterSignalsTest, WhoHasTheLogCheckpointedBesideSaysSo) {
  Database adds(directory_.file("x.db"), Mode::kReadWrite, 1024, Checkpoints::kBeside, &signals_);
  const MonoMs before = SystemClock().mono_ms();
  adds.execute("insert into t values (1, 'x')");
  EXPECT_GE(signals_.tended_at_ms, before);
}

}  // namespace
}  // namespace wswp::store
