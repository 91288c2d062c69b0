#include "daemon/limits.h"

#include <gtest/gtest.h>

namespace wswp::daemon {
namespace {

config::Workers workers(int threads, int transfers) {
  config::Workers result;
  result.threads = threads;
  result.transfers = transfers;
  return result;
}

TEST(OpenFiles, WhatIsNeededFits) {
  const auto wanted = workers(5, 100);
  EXPECT_EQ(transfers_within(wanted, open_files_needed(wanted)), 100);
  EXPECT_EQ(transfers_within(wanted, 1'000'000), 100);
}

TEST(OpenFiles, OneLessThanNeededCostsATransferOfEachThread) {
  const auto wanted = workers(5, 100);
  EXPECT_EQ(transfers_within(wanted, open_files_needed(wanted) - 1), 99);
}

TEST(OpenFiles, ConnectionsAreKeptInWhatIsLeft) {
  const auto wanted = workers(5, 100);
  EXPECT_EQ(kept_connections_within(wanted, open_files_needed(wanted)), 0);
  EXPECT_EQ(kept_connections_within(wanted, open_files_needed(wanted) + 50), 10);
  EXPECT_EQ(kept_connections_within(wanted, 1'000'000), 200);
  EXPECT_EQ(kept_connections_within(wanted, 64), 0);
}

TEST(OpenFiles, SilentHostsAreWaitedForInWhatIsLeftThen) {
  const auto wanted = workers(5, 100);
  EXPECT_EQ(spare_transfers_within(wanted, open_files_needed(wanted) + 5 * 200), 0) << "all are kept connections";
  EXPECT_EQ(spare_transfers_within(wanted, open_files_needed(wanted) + 5 * (200 + 22 + 10)), 10);
  EXPECT_EQ(spare_transfers_within(wanted, 1'000'000), 99 * 10);
  EXPECT_EQ(spare_transfers_within(workers(5, 10'000), 1'000'000), 2'000);
  EXPECT_EQ(spare_transfers_within(workers(1, 1), 1'000'000), 0) << "one download at a time is what was asked for";
  EXPECT_EQ(spare_transfers_within(wanted, 64), 0);
}

TEST(OpenFiles, OneTransferIsTheLeast) {
  EXPECT_EQ(transfers_within(workers(256, 10'000), 64), 1);
}

}  // namespace
}  // namespace wswp::daemon
