// What the death of a worker does to what it held: leases are voided, parts that were reported stay, and the URL it
// died of is blamed.

#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

class CrashTest : public FrontierTest {
 protected:
  static UrlKey key_of(const Visit& visit, std::size_t index = 0) {
    return {.crawl = visit.crawl, .host = visit.host, .rank = visit.urls.at(index).rank};
  }
  Visit claim_one(ScheduleMs now) { return frontier_->claim(0, 1, now).at(0); }
};

TEST_F(CrashTest, TheUrlIsTriedTwiceMoreAndThenHasFailed) {
  add(crawl_, {"http://a.test/poison", "http://b.test/"});
  ScheduleMs now = kStart;
  for (int tries = 1; tries <= 3; ++tries) {
    const Visit visit = claim_one(now);
    ASSERT_EQ(visit.urls.at(0).target, "/poison");
    const auto blamed = frontier_->blame(key_of(visit), now, now);
    ASSERT_TRUE(blamed);
    EXPECT_EQ(blamed->url, "http://a.test/poison");
    EXPECT_EQ(blamed->tries, tries);
    EXPECT_EQ(blamed->given_up, tries == 3);
    EXPECT_EQ(frontier_->reclaim(0, now), 0) << "the lease went with the blame";
    now += kDelayMs;
    if (tries == 1) record(fetched(claim_one(kStart), kStart), kStart);  // the other host
  }
  EXPECT_EQ(counters().failed, 1);
  EXPECT_EQ(counters().pending, 0);
  EXPECT_EQ(query("select error = 'crashed' and attempts = 3 and outcome = 'failed' from results where url like "
                  "'%poison'"),
            1);
}

TEST_F(CrashTest, TheHostRestsForItsDelay) {
  add(crawl_, {"http://a.test/"});
  frontier_->blame(key_of(claim_one(kStart)), kStart, kStart);
  EXPECT_TRUE(frontier_->claim(0, 1, kStart + kDelayMs - 1).empty());
  EXPECT_EQ(frontier_->claim(0, 1, kStart + kDelayMs).size(), 1U);
}

TEST_F(CrashTest, AUrlThatIsNotInFlightIsNotBlamed) {
  add(crawl_, {"http://a.test/", "http://b.test/"});
  const Visit ended = claim_one(kStart);
  record(fetched(ended, kStart), kStart);
  EXPECT_FALSE(frontier_->blame(key_of(ended), kStart, kStart));
  const Visit given_back = claim_one(kStart);
  frontier_->reclaim(0, kStart);
  EXPECT_FALSE(frontier_->blame(key_of(given_back), kStart, kStart));
  EXPECT_FALSE(frontier_->blame({.crawl = 99, .host = 99, .rank = 99}, kStart, kStart));
}

TEST_F(CrashTest, WhatHadBeenReportedOfAVisitStays) {
  open("default", {.delay_ms = 100});
  add(crawl_, {"http://a.test/1", "http://a.test/2", "http://a.test/3"});
  const Visit visit = claim_one(kStart);
  ASSERT_EQ(visit.urls.size(), 3U);
  VisitReport part = fetched(visit, kStart);
  part.urls.resize(1);
  part.released = false;
  record(part, kStart);
  EXPECT_EQ(counters().fetched, 1);
  EXPECT_EQ(frontier_->find_crawl("default")->in_flight, 2);
  EXPECT_TRUE(frontier_->claim(1, 1, kStart + kDelayMs).empty()) << "the host is still leased";
  EXPECT_EQ(frontier_->reclaim(0, kStart), 1);
  const Visit again = claim_one(kStart + kDelayMs);
  EXPECT_EQ(urls_of({again}), (std::vector<std::string>{"http://a.test/2", "http://a.test/3"}));
}

TEST_F(CrashTest, TheLastReportOfAVisitReleasesTheHost) {
  open("default", {.delay_ms = 100});
  add(crawl_, {"http://a.test/1", "http://a.test/2"});
  const Visit visit = claim_one(kStart);
  VisitReport part = fetched(visit, kStart), last = part;
  part.urls.resize(1);
  part.released = false;
  last.urls.erase(last.urls.begin());
  frontier_->record(std::vector<VisitReport>{part, last}, kStart);
  EXPECT_EQ(counters().fetched, 2);
  EXPECT_EQ(
      query(
          "select (select count(*) from lease) + (select count(*) from queue) + (select sum(pending) from crawl_host)"),
      0);
}

TEST_F(CrashTest, WhatIsProvenIsGivenUpAtOnce) {
  add(crawl_, {"http://a.test/poison"});
  const auto blamed = frontier_->blame(key_of(claim_one(kStart)), kStart, kStart, true);
  ASSERT_TRUE(blamed);
  EXPECT_TRUE(blamed->given_up);
  EXPECT_EQ(counters().failed, 1);
  EXPECT_EQ(query("select count(*) from lease"), 0);
}

TEST_F(CrashTest, HeldHostsStayLeasedAndRest) {
  add(crawl_, {"http://a.test/", "http://b.test/", "http://c.test/"});
  const std::vector<Visit> mine = frontier_->claim(0, 2, kStart);
  frontier_->claim(1, 1, kStart);
  const ScheduleMs death = kStart + 50;
  EXPECT_EQ(frontier_->hold(0, death),
            (std::vector<HeldHost>{{.crawl = crawl_, .host = mine.at(0).host, .ready_at = death + kDelayMs},
                                   {.crawl = crawl_, .host = mine.at(1).host, .ready_at = death + kDelayMs}}));
  EXPECT_TRUE(frontier_->claim(1, 10, death + kDelayMs).empty()) << "nobody else gets them";
}

TEST_F(CrashTest, AHeldHostIsVisitedForItsNextUrlAlone) {
  open("default", {.delay_ms = 100});
  add(crawl_, {"http://a.test/1", "http://a.test/2"});
  const Visit claimed = claim_one(kStart);
  ASSERT_EQ(claimed.urls.size(), 2U);
  const HeldHost held = frontier_->hold(0, kStart).at(0);
  const auto again = frontier_->revisit(held, kStart);
  ASSERT_TRUE(again);
  EXPECT_EQ(urls_of({*again}), (std::vector<std::string>{"http://a.test/1"}));
  EXPECT_EQ(again->origin, claimed.origin);
  record(fetched(*again, kStart), kStart);
  EXPECT_EQ(query("select count(*) from lease"), 0);
  EXPECT_EQ(urls_of({claim_one(kStart + kDelayMs)}), (std::vector<std::string>{"http://a.test/2"}));
}

TEST_F(CrashTest, AHeldHostWithNothingToFetchIsReleased) {
  open("default", {.delay_ms = 100});
  add(crawl_, {"http://a.test/1", "http://a.test/2"});
  const Visit visit = claim_one(kStart);
  const HeldHost held = frontier_->hold(0, kStart).at(0);
  frontier_->set_paused("default", true);
  EXPECT_FALSE(frontier_->revisit(held, kStart)) << "its crawl does not run";
  EXPECT_EQ(query("select count(*) from lease"), 0);
  frontier_->set_paused("default", false);
  EXPECT_EQ(urls_of({claim_one(kStart + kDelayMs)}).size(), 2U);
  EXPECT_FALSE(frontier_->revisit({.crawl = crawl_, .host = 999}, kStart)) << "it is not leased";
}

}  // namespace
}  // namespace wswp::frontier
