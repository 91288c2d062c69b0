// Whose turn it is where hosts that have answered, hosts never tried and hosts that have failed are due.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

class StandingTest : public FrontierTest {
 protected:
  /// Hosts with two URLs each.
  void add_hosts(const std::string& name, int count) {
    std::vector<std::string> urls;
    for (int i = 0; i < count; ++i) {
      urls.push_back(fmt::format("http://{}{}.test/1", name, i));
      urls.push_back(fmt::format("http://{}{}.test/2", name, i));
    }
    add(crawl_, urls);
  }
  /// Visits them, at kStart; the first URL of each is fetched, or fails and is pending still.
  void visit_all(bool fails) {
    for (const Visit& visit : frontier_->claim(0, 10'000, kStart)) {
      VisitReport report = fetched(visit, kStart);
      if (fails) {
        for (UrlReport& url : report.urls) url.outcome.reset();
        report.pace = HostPace{.failures = 1};
        report.failing = true;
      }
      record(report, kStart);
    }
  }
  std::map<Standing, int> standings(const std::vector<Visit>& visits) {
    std::map<Standing, int> count;
    for (const Visit& visit : visits) ++count[visit.standing];
    return count;
  }
  /// So many of each kind, all due at kLater.
  void add_all_kinds(int count) {
    add_hosts("failed", count);
    visit_all(true);
    add_hosts("answered", count);
    visit_all(false);
    add_hosts("new", count);
  }
  static constexpr ScheduleMs kLater = kStart + kDelayMs;
};

TEST_F(StandingTest, IsWhatTheLastVisitHasShown) {
  add_all_kinds(1);
  std::map<std::string, Standing> standing;
  for (const Visit& visit : frontier_->claim(0, 10, kLater)) standing[visit.origin] = visit.standing;
  EXPECT_EQ(standing, (std::map<std::string, Standing>{{"http://answered0.test", Standing::kAnswered},
                                                       {"http://failed0.test", Standing::kFailed},
                                                       {"http://new0.test", Standing::kUntried}}));
}

TEST_F(StandingTest, WhereAllKindsAreDueEachHasItsShare) {
  add_all_kinds(200);
  EXPECT_EQ(standings(frontier_->claim(0, 160, kLater)),
            (std::map<Standing, int>{{Standing::kAnswered, 120}, {Standing::kUntried, 30}, {Standing::kFailed, 10}}));
}

TEST_F(StandingTest, SeatsThatAreTakenOneByOneAreSharedAsWell) {
  add_all_kinds(200);
  std::map<Standing, int> all;
  for (int i = 0; i < 160; ++i) {
    for (const auto& [standing, count] : standings(frontier_->claim(0, 1, kLater))) all[standing] += count;
  }
  EXPECT_EQ(all,
            (std::map<Standing, int>{{Standing::kAnswered, 120}, {Standing::kUntried, 30}, {Standing::kFailed, 10}}));
}

TEST_F(StandingTest, WhatOneKindDoesNotNeedTheOthersGet) {
  add_hosts("failed", 100);
  visit_all(true);
  EXPECT_EQ(frontier_->claim(0, 60, kLater).size(), 60U);
  add_hosts("new", 20);
  EXPECT_EQ(standings(frontier_->claim(0, 100, kLater)),
            (std::map<Standing, int>{{Standing::kUntried, 20}, {Standing::kFailed, 40}}));
  add_hosts("answered", 100);
  visit_all(false);
  EXPECT_EQ(frontier_->claim(0, 100, kLater).size(), 100U);
}

TEST_F(StandingTest, OnlySoManyMayBeUnproven) {
  add_all_kinds(100);
  EXPECT_EQ(standings(frontier_->claim(0, Seats{.all = 150, .unproven = 8, .failed = 8}, kLater)),
            (std::map<Standing, int>{{Standing::kAnswered, 100}, {Standing::kUntried, 6}, {Standing::kFailed, 2}}));
  EXPECT_TRUE(frontier_->claim(0, Seats{.all = 150, .unproven = 0}, kLater).empty());
}

TEST_F(StandingTest, OnlySoManyMayHaveFailed) {
  add_all_kinds(100);
  EXPECT_EQ(standings(frontier_->claim(0, Seats{.all = 50, .unproven = 40, .failed = 1}, kLater)),
            (std::map<Standing, int>{{Standing::kAnswered, 37}, {Standing::kUntried, 12}, {Standing::kFailed, 1}}));
  EXPECT_EQ(frontier_->next_ready(Seats{.all = 1, .unproven = 1, .failed = 0}), 0) << "one never tried";
}

TEST_F(StandingTest, AVisitThatWasPutOffLeavesItsHostAmongThoseThatHaveFailed) {
  add_hosts("silent", 1);
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  report.urls.clear();
  report.failing = true;
  record(report, kStart);
  EXPECT_TRUE(frontier_->claim(0, Seats{.all = 1, .unproven = 0}, kLater).empty());
  const std::vector<Visit> visits = frontier_->claim(0, 1, kLater);
  ASSERT_EQ(visits.size(), 1U);
  EXPECT_EQ(visits[0].standing, Standing::kFailed);
  EXPECT_EQ(visits[0].urls[0].attempts, 0) << "that was no try";
}

TEST_F(StandingTest, ThousandsThatHaveFailedKeepNobodyWaiting) {
  add_hosts("failed", 3'000);
  visit_all(true);
  add_hosts("answered", 10);
  visit_all(false);
  EXPECT_EQ(standings(frontier_->claim(0, Seats{.all = 10, .unproven = 0}, kLater + 1000)),
            (std::map<Standing, int>{{Standing::kAnswered, 10}}));
}

TEST_F(StandingTest, ThoseThatHaveFailedComeInTheOrderOfTheirTime) {
  add(crawl_, {"http://a.test/", "http://b.test/", "http://c.test/"});
  const std::map<std::string, std::int64_t> rests{
      {"http://a.test", 3'000}, {"http://b.test", 1'000}, {"http://c.test", 2'000}};
  for (const Visit& visit : frontier_->claim(0, 10, kStart)) {
    VisitReport report = fetched(visit, kStart);
    report.urls[0].outcome.reset();
    report.pace = HostPace{.failures = 1};
    report.failing = true;
    report.ready_at = kStart + rests.at(visit.origin);
    record(report, kStart);
  }
  EXPECT_EQ(frontier_->next_ready(), kStart + 1'000);
  EXPECT_EQ(frontier_->next_ready(Seats{.all = 1, .unproven = 0}), std::nullopt);
  EXPECT_TRUE(frontier_->claim(0, 10, kStart + 999).empty());
  EXPECT_EQ(urls_of(frontier_->claim(0, 1, kStart + 5'000)), (std::vector<std::string>{"http://b.test/"}));
  EXPECT_EQ(urls_of(frontier_->claim(0, 10, kStart + 2'000)), (std::vector<std::string>{"http://c.test/"}));
  EXPECT_EQ(query("select count(*) from frontier where ready_at like '2023-11-14T22:13:23.000Z'"), 1)
      << "the view shows when it is due";
}

TEST_F(StandingTest, AHostThatAnotherCrawlHasSeenFailWaitsAmongThoseThatHave) {
  const CrawlId other = open("other").id;
  add(crawl_, {"http://a.test/"});
  visit_all(true);
  add(other, {"http://a.test/"});
  EXPECT_TRUE(frontier_->set_paused("default", true));
  EXPECT_TRUE(frontier_->claim(0, Seats{.all = 10, .unproven = 0}, kLater).empty());
  const std::vector<Visit> visits = frontier_->claim(0, Seats{.all = 10, .unproven = 1, .failed = 1}, kLater);
  ASSERT_EQ(visits.size(), 1U);
  EXPECT_EQ(visits[0].standing, Standing::kFailed);
}

TEST_F(StandingTest, ALeaseThatIsVoidedLeavesAHostWhereItStood) {
  add_hosts("failed", 1);
  visit_all(true);
  ASSERT_EQ(frontier_->claim(3, 1, kLater).size(), 1U);
  EXPECT_EQ(frontier_->reclaim(3, kLater), 1);
  EXPECT_TRUE(frontier_->claim(0, Seats{.all = 1, .unproven = 0}, kLater + kDelayMs).empty());
  EXPECT_EQ(frontier_->next_ready(), kLater + kDelayMs);
  EXPECT_EQ(standings(frontier_->claim(0, 1, kLater + kDelayMs)), (std::map<Standing, int>{{Standing::kFailed, 1}}));
}

TEST_F(StandingTest, AFailedHostThatAnswersIsOneThatHasAnswered) {
  add_hosts("failed", 1);
  visit_all(true);
  VisitReport report = fetched(frontier_->claim(0, 1, kLater).at(0), kLater);
  report.urls.resize(1);
  report.pace = HostPace{};
  report.ready_at = kLater + 1;
  record(report, kLater);
  EXPECT_EQ(standings(frontier_->claim(0, Seats{.all = 1, .unproven = 0}, kLater + 1)),
            (std::map<Standing, int>{{Standing::kAnswered, 1}}));
}

}  // namespace
}  // namespace wswp::frontier
