#include <fmt/format.h>

#include <algorithm>

#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

using testing::Test;
using ClaimTest = FrontierTest;

TEST_F(ClaimTest, HandsOutHostsInListOrder) {
  add(crawl_, {"http://c.test/", "http://a.test/", "http://b.test/"});
  EXPECT_EQ(urls_of(frontier_->claim(0, 2, kStart)), (std::vector<std::string>{"http://c.test/", "http://a.test/"}));
  EXPECT_EQ(urls_of(frontier_->claim(1, 2, kStart)), (std::vector<std::string>{"http://b.test/"}));
  EXPECT_TRUE(frontier_->claim(0, 2, kStart).empty());
}

TEST_F(ClaimTest, AHostIsLeasedOnceAndRestsForItsDelay) {
  add(crawl_, {"http://a.test/1", "http://a.test/2"});
  const std::vector<Visit> visits = frontier_->claim(0, 10, kStart);
  EXPECT_EQ(urls_of(visits), (std::vector<std::string>{"http://a.test/1"}));
  EXPECT_TRUE(frontier_->claim(0, 10, kStart + 60'000).empty());
  record(fetched(visits[0], kStart + 1000), kStart + 1000);
  EXPECT_TRUE(frontier_->claim(0, 10, kStart + 1000 + kDelayMs - 1).empty());
  EXPECT_EQ(frontier_->next_ready(), kStart + 1000 + kDelayMs);
  EXPECT_EQ(urls_of(frontier_->claim(0, 10, kStart + 1000 + kDelayMs)), (std::vector<std::string>{"http://a.test/2"}));
}

TEST_F(ClaimTest, AShortDelayPutsSeveralUrlsIntoAVisit) {
  const CrawlId crawl = open("fast", {.delay_ms = 500}).id;
  std::vector<std::string> urls;
  for (int i = 0; i < 10; ++i) urls.push_back(fmt::format("http://a.test/{}", i));
  add(crawl, urls);
  EXPECT_EQ(frontier_->claim(0, 1, kStart).at(0).urls.size(), 4U);
}

TEST_F(ClaimTest, ACrawlWithoutADelayOfItsOwnHasTheDaemonsOfToday) {
  add(crawl_, {"http://a.test/1", "http://a.test/2", "http://a.test/3"});
  EXPECT_EQ(open_frontier(path_, {.default_delay_ms = 1000})->claim(0, 1, kStart).at(0).urls.size(), 2U);
  EXPECT_EQ(open_frontier(path_, {.default_delay_ms = 60'000})->reclaim(0, kStart), 1);
  EXPECT_EQ(frontier_->next_ready(), kStart + 60'000);
}

TEST_F(ClaimTest, NoDelayStillBoundsAVisit) {
  EXPECT_EQ(urls_per_visit(0), 8U);
  EXPECT_EQ(urls_per_visit(1), 8U);
  EXPECT_EQ(urls_per_visit(1000), 2U);
  EXPECT_EQ(urls_per_visit(60'000), 1U);
}

TEST_F(ClaimTest, APausedCrawlIsNotServedUntilItIsResumed) {
  add(crawl_, {"http://a.test/"});
  EXPECT_TRUE(frontier_->set_paused("default", true));
  EXPECT_TRUE(frontier_->claim(0, 1, kStart).empty());
  EXPECT_EQ(frontier_->next_ready(), std::nullopt);
  EXPECT_EQ(frontier_->find_crawl("default")->state(), "paused");
  EXPECT_TRUE(frontier_->set_paused("default", false));
  EXPECT_EQ(frontier_->claim(0, 1, kStart).size(), 1U);
  EXPECT_FALSE(frontier_->set_paused("no-such", true));
}

TEST_F(ClaimTest, CrawlsShareAHostWithoutCrowdingIt) {
  const CrawlId other = open("other").id;
  add(crawl_, {"http://a.test/"});
  add(other, {"http://a.test/"});
  const std::vector<Visit> first = frontier_->claim(0, 10, kStart);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_TRUE(frontier_->claim(1, 10, kStart + 60'000).empty()) << "the other crawl's visit holds the host";
  const WallMs done = kStart + 120'000;
  record(fetched(first[0], done), done);
  EXPECT_TRUE(frontier_->claim(1, 10, done + kDelayMs - 1).empty()) << "the delay holds across crawls";
  EXPECT_EQ(frontier_->claim(1, 10, done + kDelayMs).size(), 1U);
}

TEST_F(ClaimTest, ServesRunningCrawlsInTurn) {
  const CrawlId other = open("other").id;
  std::vector<std::string> here, there;
  for (int i = 0; i < 100; ++i) {
    here.push_back(fmt::format("http://a{}.test/", i));
    there.push_back(fmt::format("http://b{}.test/", i));
  }
  add(crawl_, here);
  add(other, there);
  const std::vector<Visit> visits = frontier_->claim(0, 10, kStart);
  EXPECT_EQ(std::count_if(visits.begin(), visits.end(), [&](const Visit& visit) { return visit.crawl == other; }), 5);
}

TEST_F(ClaimTest, AHostThatAnotherCrawlHoldsIsPutOffForAMoment) {
  const CrawlId other = open("other").id;
  add(crawl_, {"http://a.test/"});
  add(other, {"http://a.test/"});
  frontier_->claim(0, 10, kStart);
  EXPECT_EQ(frontier_->next_ready(), kStart + 500) << "not asked for again in each claim until then";
}

TEST_F(ClaimTest, TheNextHostIsThatOfWhicheverCrawlComesFirst) {
  const CrawlId other = open("other").id;
  add(crawl_, {"http://a.test/1", "http://a.test/2"});
  add(other, {"http://b.test/1", "http://b.test/2"});
  const std::vector<Visit> visits = frontier_->claim(0, 2, kStart);
  ASSERT_EQ(visits.size(), 2U);
  for (const std::size_t earlier : {0U, 1U}) {
    for (const Visit& visit : visits) {
      VisitReport report = fetched(visit, kStart);
      report.urls.clear();
      report.ready_at =
          kStart + (visit.crawl == visits[earlier].crawl ? 1000 : 2000) + static_cast<int>(earlier) * 5000;
      record(report, kStart);
    }
    EXPECT_EQ(frontier_->next_ready(), kStart + 1000 + static_cast<int>(earlier) * 5000);
    EXPECT_EQ(frontier_->claim(0, 2, kStart + 100'000).size(), 2U);
  }
}

TEST_F(ClaimTest, AVisitOfAHostThatFailsTakesItsUrlsTogether) {
  add(crawl_, {"http://a.test/1", "http://a.test/2", "http://a.test/3"});
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  EXPECT_EQ(report.urls.size(), 1U);
  report.urls.clear();
  report.pace = HostPace{.failures = 1};
  record(report, kStart);
  EXPECT_EQ(frontier_->claim(0, 1, kStart + kDelayMs).at(0).urls.size(), 3U);
}

TEST_F(ClaimTest, WhatIsNotGivenOfTheOptionsStays) {
  open("default", {.delay_ms = 100});
  open("default", {.max_depth = 3});
  EXPECT_EQ(frontier_->options(crawl_)->delay_ms, 100);
}

TEST_F(ClaimTest, PausingACrawlPausesNoOther) {
  open("default-2");
  frontier_->set_paused("default", true);
  EXPECT_FALSE(frontier_->find_crawl("default-2")->paused);
}

TEST_F(ClaimTest, AHostWhoseVisitIsLostRestsForAllCrawls) {
  add(crawl_, {"http://a.test/"});
  frontier_->claim(0, 1, kStart);
  frontier_->reclaim(0, kStart);
  add(open("other").id, {"http://a.test/x"});
  EXPECT_TRUE(frontier_->claim(0, 9, kStart + kDelayMs - 1).empty());
  EXPECT_EQ(frontier_->claim(0, 1, kStart + kDelayMs).size(), 1U);
}

TEST_F(ClaimTest, CrawlsTakeTurnsWhereOneHostAtATimeIsWanted) {
  const CrawlId other = open("other").id;
  add(crawl_, {"http://a1.test/", "http://a2.test/", "http://a3.test/"});
  add(other, {"http://b1.test/", "http://b2.test/", "http://b3.test/"});
  std::vector<CrawlId> served;
  for (int i = 0; i < 6; ++i) served.push_back(frontier_->claim(0, 1, kStart).at(0).crawl);
  EXPECT_EQ(served, (std::vector<CrawlId>{crawl_, other, crawl_, other, crawl_, other}));
}

TEST_F(ClaimTest, WhatOneCrawlDoesNotWantIsLeftToTheOther) {
  const CrawlId other = open("other").id;
  add(crawl_, {"http://a.test/"});
  add(other, {"http://b1.test/", "http://b2.test/", "http://b3.test/"});
  EXPECT_EQ(frontier_->claim(0, 4, kStart).size(), 4U);
}

TEST_F(ClaimTest, ALongerDelayThatRobotsAskForMakesAVisitShorter) {
  open("default", {.delay_ms = 500});
  std::vector<std::string> urls;
  for (int i = 0; i < 12; ++i) urls.push_back(fmt::format("http://a.test/{}", i));
  add(crawl_, urls);
  const Visit first = frontier_->claim(0, 1, kStart).at(0);
  EXPECT_EQ(first.urls.size(), 4U);
  VisitReport report = fetched(first, kStart);
  report.robots = RobotsRecord{.status = 200, .crawl_delay_ms = 1000, .fetched_at = kStart, .expires_at = kStart + 1};
  record(report, kStart);
  const Visit second = frontier_->claim(0, 1, kStart + kDelayMs).at(0);
  EXPECT_EQ(second.urls.size(), 2U) << "what fits into two seconds at one a second";
  report = fetched(second, kStart + kDelayMs);
  report.robots = RobotsRecord{.status = 200, .crawl_delay_ms = 10, .fetched_at = kStart, .expires_at = kStart + 1};
  record(report, kStart + kDelayMs);
  EXPECT_EQ(frontier_->claim(0, 1, kStart + 2 * kDelayMs).at(0).urls.size(), 4U) << "a shorter one does not matter";
}

TEST_F(ClaimTest, CountsWhatIsInFlight) {
  add(crawl_, {"http://a.test/", "http://b.test/", "http://c.test/"});
  frontier_->claim(0, 2, kStart);
  EXPECT_EQ(frontier_->find_crawl("default")->in_flight, 2);
  EXPECT_EQ(counters().pending, 3);
}

TEST_F(ClaimTest, ReclaimVoidsTheLeasesOfOneOwnerAndRestsTheHosts) {
  add(crawl_, {"http://a.test/", "http://b.test/"});
  frontier_->claim(0, 1, kStart);
  frontier_->claim(1, 1, kStart);
  EXPECT_EQ(frontier_->reclaim(0, kStart + 10), 1);
  EXPECT_TRUE(frontier_->claim(2, 10, kStart + 10 + kDelayMs - 1).empty());
  EXPECT_EQ(urls_of(frontier_->claim(2, 10, kStart + 10 + kDelayMs)), (std::vector<std::string>{"http://a.test/"}));
  EXPECT_EQ(frontier_->reclaim(std::nullopt, kStart), 2);
}

}  // namespace
}  // namespace wswp::frontier
