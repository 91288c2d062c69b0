#include "frontier/time_base.h"

#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

class TimeBaseTest : public FrontierTest {
 protected:
  /// Schedule time of a run that starts at this instant.
  ScheduleMs start(const std::string& boot, std::int64_t since_ms, WallMs wall) {
    return frontier_->settle_time({.boot = boot, .since_ms = since_ms}, wall) + since_ms;
  }
};

TEST_F(TimeBaseTest, BeginsAsWallTime) {
  EXPECT_EQ(start("boot-1", 5000, kStart), kStart);
}

TEST_F(TimeBaseTest, RunsOnEvenlyThroughRestartsWhateverTheWallClockDoes) {
  start("boot-1", 5000, kStart);
  EXPECT_EQ(start("boot-1", 6000, kStart + 1000 + kHourMs), kStart + 1000);
  EXPECT_EQ(start("boot-1", 9000, kStart + 4000 - kHourMs), kStart + 4000);
}

TEST_F(TimeBaseTest, IsWallTimeAgainAfterAReboot) {
  start("boot-1", 5000, kStart);
  EXPECT_EQ(start("boot-2", 100, kStart + kHourMs), kStart + kHourMs);
}

TEST_F(TimeBaseTest, NeverGoesBackAfterAReboot) {
  start("boot-1", 5000, kStart);
  frontier_->note_time(kStart + 60'000, kStart + 60'000);
  EXPECT_EQ(start("boot-2", 100, kStart - kHourMs), kStart + 60'000);
  EXPECT_EQ(start("boot-3", 100, 0), kStart + 60'000);
}

TEST_F(TimeBaseTest, AnUnknownBootIsANewOne) {
  start("", 5000, kStart);
  EXPECT_EQ(start("", 6000, kStart + kHourMs), kStart + kHourMs);
}

TEST_F(TimeBaseTest, ViewsShowWallTime) {
  add(crawl_, {"http://a.test/"});
  start("boot-1", 5000, kStart);
  EXPECT_EQ(query("select ready_at like '2023-11-14T22:13:20.000Z' from frontier"), 1);
  frontier_->note_time(kStart + 1000, kStart + 1000 + kHourMs);
  EXPECT_EQ(query("select ready_at like '2023-11-14T23:13:20.000Z' from frontier"), 1);
  EXPECT_EQ(query("select ready_at like '2023-11-14T23:13:20.000Z' from hosts"), 1);
  EXPECT_EQ(open_reports(path_)->host(*url::parse("http://a.test/"))->ready_at, kStart + kHourMs);
  EXPECT_EQ(open_reports(path_)->find(*url::parse("http://a.test/")).at(0).ready_at, kStart + kHourMs);
}

}  // namespace
}  // namespace wswp::frontier
