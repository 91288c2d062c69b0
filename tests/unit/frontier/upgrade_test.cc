// Databases that earlier releases have left behind open, are in order, and the crawl goes on.

#include <fstream>

#include <gtest/gtest.h>

#include "frontier/invariants.h"
#include "frontier_fixture.h"
#include "support/archive_file.h"

namespace wswp::frontier {
namespace {

class UpgradeTest : public testing::TestWithParam<const char*> {
 protected:
  test::TempDir directory_;
  const std::string path_ = directory_.file("wswp.db");
};

TEST_P(UpgradeTest, OpensAndTheCrawlGoesOn) {
  test::unpack_gzip(std::string(TEST_DATA_DIR "/") + GetParam(), path_);
  ASSERT_TRUE(store::migrate(path_).ok());
  const auto violations = check_invariants(path_);
  ASSERT_TRUE(violations.ok()) << violations.message();
  EXPECT_TRUE(violations->empty()) << violations->front().rule << ": " << violations->front().example;

  const auto frontier = open_frontier(path_);
  const Counters before = frontier->find_crawl("default")->counters;
  EXPECT_GT(before.pending, 0);
  EXPECT_GT(before.fetched, 0);
  constexpr WallMs kNow = 1'795'700'000'000;  // after the last run
  const ScheduleMs now = frontier->settle_time({.boot = "boot", .since_ms = 1000}, kNow) + 1000;
  EXPECT_EQ(now, kNow) << "what was stored as wall time goes on as schedule time";
  EXPECT_GT(frontier->reclaim(std::nullopt, now), 0) << "the run was killed with visits under way";
  std::vector<VisitReport> reports;
  for (const Visit& visit : frontier->claim(0, 10, now + kDelayMs)) {
    VisitReport report{.crawl = visit.crawl, .host = visit.host, .origin = visit.origin, .ready_at = now};
    for (const VisitUrl& url : visit.urls) report.urls.push_back({.url = url, .outcome = Outcome{.status = 200}});
    reports.push_back(std::move(report));
  }
  EXPECT_EQ(reports.size(), 10U);
  frontier->record(reports, now);
  EXPECT_TRUE(check_invariants(path_)->empty());
  EXPECT_EQ(store::migrate(path_).ok(), true) << "once more changes nothing";
}

INSTANTIATE_TEST_SUITE_P(Releases, UpgradeTest, testing::Values("wswp-0.1.0.db.gz"));

}  // namespace
}  // namespace wswp::frontier
