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
