#include "store/log_mover.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "store/database.h"
#include "support/temp_dir.h"
#include "unit/store/pages.h"

namespace wswp::store {
namespace {

constexpr std::uintmax_t kBound = std::uintmax_t{64} << 20U;

class LogMoverTest : public testing::TestWithParam<int> {
 protected:
  LogMoverTest() { database_.execute("create table t (a integer primary key, b blob not null)"); }

  std::uintmax_t log_size() { return std::filesystem::file_size(directory_.file("x.db-wal")); }

  test::TempDir directory_;
  WriterSignals signals_{};
  Database database_{directory_.file("x.db"), Mode::kReadWrite, 1024, Checkpoints::kItself, &signals_};
};

TEST_P(LogMoverTest, TheLogIsBoundedHoweverManyConnectionsCommit) {
  constexpr int kPagesACommit = 40, kPages = 32'000;
  std::atomic<int> pages = 0;
  std::vector<std::jthread> writers;
  for (int i = 0; i < GetParam(); ++i) {
    writers.emplace_back([&] {
      Database database(directory_.file("x.db"), Mode::kReadWrite, 1024, Checkpoints::kItself, &signals_);
      Statement work(database,
                     "with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) "
                     "select count(*) from n");  // so that somebody is in the middle of a transaction always
      while ((pages += kPagesACommit) <= kPages) {
        Transaction transaction(database);
        add_pages(database, kPagesACommit);
        work.run();
        transaction.commit();
      }
    });
  }
  writers.clear();
  EXPECT_LT(log_size(), kBound);
  Statement count(database_, "select count(*) from t");
  ASSERT_TRUE(count.bind().step());
  EXPECT_EQ(count.integer(0), kPages);
}

INSTANTIATE_TEST_SUITE_P(Writers, LogMoverTest, testing::Values(1, 2, 8));

class HeldLogTest : public LogMoverTest {
 protected:
  HeldLogTest() {
    add_pages(database_, 1);
    count_.bind();
    count_.step();  // and goes on reading that state
  }

  Database reader_{directory_.file("x.db"), Mode::kReadOnly, 1024};
  Statement count_{reader_, "select a from t"};
};

TEST_F(HeldLogTest, WhatAReaderHoldsIsTriedAgainWhenItHasEnded) {
  add_pages(database_, kCheckpointPages);
  EXPECT_GT(signals_.log_held_until_ms, SystemClock().mono_ms());
  count_.reset();
  signals_.log_held_until_ms = 0;
  add_pages(database_, 10);  // moves the log, and
  add_pages(database_, 10);  // begins it anew
  const auto size = log_size();
  add_pages(database_, kCheckpointPages / 2);
  EXPECT_EQ(log_size(), size);
}

TEST_F(HeldLogTest, NobodyTriesMeanwhile) {
  add_pages(database_, kCheckpointPages);
  const std::int64_t until = signals_.log_held_until_ms;
  add_pages(database_, 100);
  EXPECT_EQ(signals_.log_held_until_ms, until);
}

}  // namespace
}  // namespace wswp::store
