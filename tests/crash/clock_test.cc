// A wall clock that somebody sets: no crawl stalls, no host is asked too early, also when the daemon restarts
// meanwhile.

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crash/faults.h"
#include "crash/kill_log.h"
#include "integration/site_names.h"
#include "support/daemon.h"
#include "support/rows.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDelayMs = 300;
constexpr int kHosts = 10;
constexpr int kPages = 9;  // more than one visit

class WallClock : public testing::TestWithParam<std::int64_t> {
 protected:
  void start_crawl() {
    daemon_.start();
    std::string list;
    for (int page = 1; page <= kPages; ++page) {
      for (int host = 1; host <= kHosts; ++host) list += fmt::format("http://host-{}.test/p/{}\n", host, page);
    }
    daemon_.add(list);
    ASSERT_TRUE(eventually([&] { return daemon_.urls().at("fetched") >= kHosts; }));
  }
  void finish_crawl() {
    daemon_.wait_until_done();
    EXPECT_EQ(daemon_.urls().at("fetched"), kHosts * kPages);
    const auto requests = web_.requests(kHosts * (1 + kPages));
    KillLog::expect_delay(requests, kDelayMs, kHosts);
    const std::int64_t took_ms = (requests.back().mono_us - requests.front().mono_us) / 1000;
    EXPECT_LT(took_ms, 60'000) << "no host waited for the clock";
  }

  Simweb web_{{"--profile", "clean", "--size", "2000"}};
  Faults faults_;
  Daemon daemon_{crawl_config(web_.http(), {{"politeness.delay", "0.3"}}), faults_.environment()};
};

TEST_P(WallClock, JumpsWhileTheCrawlRuns) {
  start_crawl();
  faults_->wall_shift_ms = GetParam();
  EXPECT_TRUE(
      eventually([&] { return daemon_.log().find("the clock of the machine was set by") != std::string::npos; }));
  finish_crawl();
}

TEST_P(WallClock, JumpsWhileTheDaemonIsDown) {
  start_crawl();
  daemon_.kill_all();
  faults_->wall_shift_ms = GetParam();
  daemon_.start();
  finish_crawl();
}

TEST_P(WallClock, ResultsHaveTheTimeOfTheWallClock) {
  faults_->wall_shift_ms = GetParam();
  start_crawl();
  const std::string away = fmt::format(
      "select abs((julianday(fetched_at) - julianday('now')) * 86400000 - {}) < 60000 "
      "from results limit 1",
      GetParam());
  EXPECT_EQ(query_number(daemon_.database(), away), 1);
}

INSTANTIATE_TEST_SUITE_P(AnHour, WallClock, testing::Values(kHourMs, -kHourMs),
                         [](const auto& one) { return one.param > 0 ? "Forward" : "Back"; });

}  // namespace
}  // namespace wswp::test
