#include <fmt/format.h>

#include "frontier/invariants.h"
#include "frontier_fixture.h"
#include "support/no_space.h"

namespace wswp::frontier {
namespace {

using RetryTest = FrontierTest;
using RemoveTest = FrontierTest;

VisitReport failed(const VisitReport& fetched) {
  VisitReport report = fetched;
  for (UrlReport& url : report.urls) url.outcome = Outcome{.state = UrlState::kFailed, .error = "dns", .fetched_at = 1};
  return report;
}

/// A retry from its beginning to its end; how many it takes back.
std::int64_t retry(Frontier& frontier) {
  const std::int64_t count = frontier.begin_retry("default").value();
  for (const CrawlId crawl : frontier.unfinished_retries()) {
    while (frontier.retry_step(crawl)) {
    }
  }
  EXPECT_TRUE(frontier.unfinished_retries().empty());
  return count;
}

TEST_F(RetryTest, FailedUrlsArePendingAgainAsIfNeverTried) {
  add(crawl_, {"http://a.test/", "http://b.test/"});
  const std::vector<Visit> visits = frontier_->claim(0, 2, kStart);
  record(failed(fetched(visits[0], kStart)), kStart);
  record(fetched(visits[1], kStart), kStart);
  EXPECT_EQ(counters().failed, 1);
  EXPECT_EQ(retry(*frontier_), 1);
  EXPECT_EQ(counters().failed, 0);
  EXPECT_EQ(counters().pending, 1);
  EXPECT_EQ(counters().bytes, 10);
  EXPECT_EQ(query("select count(*) from results"), 1);
  const std::vector<Visit> again = frontier_->claim(0, 2, kStart + kDelayMs);
  EXPECT_EQ(urls_of(again), (std::vector<std::string>{"http://a.test/"}));
  EXPECT_EQ(again[0].urls[0].attempts, 0);
  EXPECT_EQ(retry(*frontier_), 0);
}

TEST_F(RetryTest, ThereIsNoSuchCrawl) {
  EXPECT_EQ(frontier_->begin_retry("none"), std::nullopt);
  EXPECT_TRUE(frontier_->unfinished_retries().empty());
}

class LongRetryTest : public FrontierTest {
 protected:
  /// `count` more hosts, each with a URL that fails.
  void fail_hosts(const std::string& prefix, int count) {
    std::vector<std::string> urls;
    for (int i = 0; i < count; ++i) urls.push_back(fmt::format("http://{}{}.test/", prefix, i));
    add(crawl_, urls);
    for (const Visit& visit : frontier_->claim(0, static_cast<std::size_t>(count), kStart))
      record(failed(fetched(visit, kStart)), kStart);
  }
};

TEST_F(LongRetryTest, CountsAsPendingFromTheBeginningAndOutlivesAProcess) {
  fail_hosts("a", 2500);
  EXPECT_EQ(frontier_->begin_retry("default"), 2500);
  for (std::int64_t left : {2500, 1500, 500}) {
    EXPECT_EQ(frontier_->find_crawl("default")->retrying, left);
    EXPECT_EQ(counters().failed, 0);
    EXPECT_EQ(counters().pending, 2500);
    EXPECT_EQ(frontier_->find_crawl("default")->state(), "running");
    EXPECT_EQ(query("select pending from crawls"), 2500) << "the view tells the same";
    EXPECT_EQ(query("select failed from crawls"), 0);
    EXPECT_EQ(query("select count(*) from outcome"), left) << "what is there goes step by step";
    EXPECT_TRUE(check_invariants(path_)->empty());
    frontier_ = open_frontier(path_);  // another process
    EXPECT_EQ(frontier_->unfinished_retries(), std::vector<CrawlId>{crawl_});
    EXPECT_EQ(frontier_->retry_step(crawl_), left > 500);
  }
  EXPECT_TRUE(frontier_->unfinished_retries().empty());
  EXPECT_EQ(frontier_->find_crawl("default")->retrying, 0);
  EXPECT_EQ(query("select count(*) from pending"), 2500);
}

TEST_F(LongRetryTest, EndsThoughOthersFailMeanwhile) {
  fail_hosts("a", 1500);
  ASSERT_EQ(frontier_->begin_retry("default"), 1500);
  EXPECT_TRUE(frontier_->retry_step(crawl_));
  fail_hosts("b", 200);  // of those that are pending again
  EXPECT_FALSE(frontier_->retry_step(crawl_));
  EXPECT_EQ(counters().failed, query("select count(*) from outcome where state = 4"));
  EXPECT_EQ(counters().pending, query("select count(*) from pending") + query("select count(*) from fresh_host"));
  EXPECT_TRUE(check_invariants(path_)->empty());
}

TEST_F(LongRetryTest, EndsWhereTheCrawlIsRemoved) {
  fail_hosts("a", 1500);
  ASSERT_EQ(frontier_->begin_retry("default"), 1500);
  EXPECT_TRUE(frontier_->retry_step(crawl_));
  const CrawlId removed = frontier_->begin_removal("default").value();
  EXPECT_TRUE(frontier_->unfinished_retries().empty());
  EXPECT_FALSE(frontier_->retry_step(crawl_));
  while (frontier_->remove_step(removed) != RemovalProgress::kDone) {
  }
  EXPECT_EQ(query("select count(*) from url"), 0);
}

TEST_F(RetryTest, TakesBackTheBytesOfTheFailuresAlone) {
  add(crawl_, {"http://a.test/", "http://b.test/"});
  const std::vector<Visit> visits = frontier_->claim(0, 2, kStart);
  VisitReport report = failed(fetched(visits[0], kStart));
  report.urls[0].outcome->bytes = 700;  // of a body that broke off
  record(report, kStart);
  record(fetched(visits[1], kStart), kStart);
  EXPECT_EQ(counters().bytes, 710);
  EXPECT_EQ(retry(*frontier_), 1);
  EXPECT_EQ(counters().bytes, 10);
  EXPECT_TRUE(check_invariants(path_)->empty());
}

TEST_F(RetryTest, MoreFailuresThanATransactionHolds) {
  std::vector<std::string> urls;
  for (int i = 0; i < 2500; ++i) urls.push_back(fmt::format("http://h{}.test/", i));
  add(crawl_, urls);
  for (const Visit& visit : frontier_->claim(0, 2500, kStart)) record(failed(fetched(visit, kStart)), kStart);
  EXPECT_EQ(retry(*frontier_), 2500);
  EXPECT_EQ(counters().pending, 2500);
  EXPECT_EQ(query("select sum(pending) from crawl_host"), 2500);
  EXPECT_EQ(query("select count(*) from queue"), 2500);
}

TEST_F(RemoveTest, TakesEverythingOfTheCrawlAndNothingElse) {
  std::vector<std::string> urls;
  for (int i = 0; i < 3000; ++i) urls.push_back(fmt::format("http://h{}.test/{}", i % 1500, i));
  const CrawlId other = open("other").id;
  add(crawl_, urls);
  add(other, {"http://h1.test/1", "http://z.test/"});
  for (const Visit& visit : frontier_->claim(0, 100, kStart)) {
    VisitReport report = fetched(visit, kStart);
    if (visit.crawl == crawl_) report.urls[0].found = {{.url = *url::parse("http://sub.new.test/"), .depth = 1}};
    report.urls[0].cut = {{"far_date", 1}};
    record(report, kStart);
  }
  const std::optional<CrawlId> removed = frontier_->begin_removal("default");
  ASSERT_EQ(removed, crawl_);
  EXPECT_FALSE(frontier_->find_crawl("default").has_value());
  EXPECT_EQ(open("default").counters.total, 0) << "the name is free at once";
  EXPECT_EQ(frontier_->unfinished_removals(), std::vector<CrawlId>{crawl_});
  while (frontier_->remove_step(*removed) != RemovalProgress::kDone) {
  }
  EXPECT_EQ(query("select count(*) from url where crawl_id = 1"), 0);
  EXPECT_EQ(query("select count(*) from pending where crawl_id = 1"), 0);
  EXPECT_EQ(query("select count(*) from crawl_host where crawl_id = 1"), 0);
  EXPECT_EQ(query("select count(*) from queue where crawl_id = 1"), 0);
  EXPECT_EQ(query("select count(*) from outcome where crawl_id = 1"), 0);
  EXPECT_EQ(query("select count(*) from cut_links where crawl_id = 1"), 0);
  EXPECT_EQ(query("select count(*) from site_hosts where crawl_id = 1"), 0);
  EXPECT_EQ(query("select count(*) from crawl where id = 1"), 0);
  EXPECT_EQ(counters("other").total, 2);
  EXPECT_EQ(query("select count(*) from url"), 2);
  EXPECT_TRUE(frontier_->unfinished_removals().empty());
  EXPECT_EQ(frontier_->begin_removal("no-such"), std::nullopt);
}

TEST_F(RemoveTest, AVisitThatIsOutIsWaitedForAndItsReportLeavesNoTrace) {
  add(crawl_, {"http://a.test/", "http://b.test/"});
  const Visit visit = frontier_->claim(0, 1, kStart).at(0);
  const CrawlId removed = *frontier_->begin_removal("default");
  EXPECT_TRUE(frontier_->claim(0, 1, kStart).empty());
  RemovalProgress progress = RemovalProgress::kMore;
  while (progress == RemovalProgress::kMore) progress = frontier_->remove_step(removed);
  EXPECT_EQ(progress, RemovalProgress::kWaiting);
  EXPECT_EQ(query("select (select count(*) from url) * 100 + (select count(*) from pending) * 10 + "
                  "(select count(*) from crawl_host)"),
            111)
      << "all of the leased host is there until its visit has ended, and nothing of the other";
  EXPECT_EQ(query("select count(*) from lease"), 1);
  VisitReport report = fetched(visit, kStart);
  report.urls[0].found = {{.url = *url::parse("http://c.test/"), .depth = 1}};
  record(report, kStart);
  while (frontier_->remove_step(removed) != RemovalProgress::kDone) {
  }
  EXPECT_EQ(
      query("select (select count(*) from url) + (select count(*) from crawl_host) + (select count(*) from outcome)"),
      0);
}

TEST_F(RemoveTest, WhatIsAddedMeanwhileIsRefusedAndLeavesNothing) {
  add(crawl_, {"http://a.test/"});
  const CrawlId removed = *frontier_->begin_removal("default");
  EXPECT_THROW(add(crawl_, {"http://b.test/1", "http://b.test/2"}), CrawlRemoved);
  while (frontier_->remove_step(removed) != RemovalProgress::kDone) {
  }
  EXPECT_THROW(add(crawl_, {"http://b.test/1", "http://b.test/2"}), CrawlRemoved);
  EXPECT_EQ(query("select (select count(*) from url) + (select count(*) from pending) + (select count(*) from queue) + "
                  "(select count(*) from crawl_host)"),
            0);
  EXPECT_TRUE(check_invariants(path_)->empty());
}

TEST_F(RemoveTest, AStepThatTheStorageRefusesIsDoneWithTheNextCall) {
  std::vector<std::string> urls;
  for (int i = 0; i < 6000; ++i) urls.push_back(fmt::format("http://h{}.test/{}", i % 3000, i));
  add(crawl_, urls);
  for (const Visit& visit : frontier_->claim(0, 100, kStart)) record(fetched(visit, kStart), kStart);
  const CrawlId removed = *frontier_->begin_removal("default");
  int refused = 0;
  for (auto progress = RemovalProgress::kMore; progress != RemovalProgress::kDone;) {
    try {
      const test::NoSpace no_space;
      progress = frontier_->remove_step(removed);
    } catch (const Unavailable&) {
      ++refused;
      progress = frontier_->remove_step(removed);
    }
  }
  EXPECT_GT(refused, 3);
  EXPECT_EQ(query("select (select count(*) from url) + (select count(*) from pending) + (select count(*) from queue) + "
                  "(select count(*) from crawl_host) + (select count(*) from outcome) + (select count(*) from crawl)"),
            0);
}

TEST_F(RemoveTest, AHostWithMoreUrlsThanAStepTakes) {
  std::vector<std::string> urls;
  for (int i = 0; i < 9000; ++i) urls.push_back(fmt::format("http://a.test/{}", i));
  add(crawl_, urls);
  const CrawlId removed = *frontier_->begin_removal("default");
  while (frontier_->remove_step(removed) != RemovalProgress::kDone) {
  }
  EXPECT_EQ(query("select count(*) from url"), 0);
}

}  // namespace
}  // namespace wswp::frontier
