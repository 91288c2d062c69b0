#include <fmt/format.h>

#include "frontier/invariants.h"
#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

class FreshHostsTest : public FrontierTest {
 protected:
  /// Rows of what fresh hosts do without.
  std::int64_t settled() { return query("select count(*) from crawl_host"); }
  std::int64_t pending() { return query("select count(*) from pending"); }

  void expect_in_order() {
    const auto violations = check_invariants(path_);
    ASSERT_TRUE(violations.ok()) << violations.message();
    EXPECT_TRUE(violations->empty()) << violations->front().rule << ": " << violations->front().example;
    EXPECT_EQ(query("select count(*) from frontier"), query("select sum(pending) from crawl"));
    EXPECT_EQ(query("select sum(pending) from hosts"), query("select sum(pending) from crawl"));
  }

  /// The host's visit ends, and its page leads to these.
  void record_with_links(const Visit& visit, const std::vector<const char*>& urls, int redirects = 0) {
    VisitReport report = fetched(visit, kStart);
    for (const char* url : urls) {
      report.urls[0].found.push_back(
          {.url = *url::parse(url), .depth = 1, .redirects = redirects, .redirected = redirects > 0});
    }
    record(report, kStart);
  }
};

TEST_F(FreshHostsTest, AHostIsSettledWhenItsTurnComes) {
  add(crawl_, {"http://a.test/", "http://b.test/x", "http://c.test/"});
  EXPECT_EQ(settled() + pending(), 0);
  expect_in_order();
  const std::vector<Visit> visits = frontier_->claim(0, 2, kStart);
  EXPECT_EQ(urls_of(visits), (std::vector<std::string>{"http://a.test/", "http://b.test/x"}));
  EXPECT_EQ(settled(), 2);
  EXPECT_EQ(pending(), 2);
  expect_in_order();
  for (const Visit& visit : visits) record(fetched(visit, kStart), kStart);
  EXPECT_EQ(settled(), 2);
  EXPECT_EQ(pending(), 0);
  expect_in_order();
}

TEST_F(FreshHostsTest, AHostWithSeveralUrlsFromTheStartIsNotFresh) {
  add(crawl_, {"http://a.test/2", "http://b.test/", "http://a.test/1"});
  EXPECT_EQ(settled(), 1);
  EXPECT_EQ(pending(), 2);
  expect_in_order();
  EXPECT_EQ(urls_of(frontier_->claim(0, 9, kStart)), (std::vector<std::string>{"http://a.test/2", "http://b.test/"}));
}

TEST_F(FreshHostsTest, AnotherListSettlesItAndItKeepsItsTurn) {
  add(crawl_, {"http://a.test/", "http://b.test/1", "http://c.test/"});
  EXPECT_EQ(add(crawl_, {"http://b.test/1"}).duplicate, 1);
  EXPECT_EQ(settled(), 0);
  EXPECT_EQ(add(crawl_, {"http://d.test/", "http://b.test/2"}).added, 2);
  EXPECT_EQ(settled(), 1);
  expect_in_order();
  EXPECT_EQ(urls_of(frontier_->claim(0, 9, kStart)),
            (std::vector<std::string>{"http://a.test/", "http://b.test/1", "http://c.test/", "http://d.test/"}));
  expect_in_order();
}

TEST_F(FreshHostsTest, ALinkMakesAHostFreshAndTheNextOneSettlesIt) {
  add(crawl_, {"http://a.test/", "http://b.test/", "http://c.test/"});
  const std::vector<Visit> visits = frontier_->claim(0, 2, kStart);
  record_with_links(visits.at(0), {"http://new.test/1"}, 2);
  EXPECT_EQ(settled(), 2);
  expect_in_order();
  record_with_links(visits.at(1), {"http://new.test/2"});
  EXPECT_EQ(settled(), 3);
  expect_in_order();
  const std::vector<Visit> next = frontier_->claim(0, 9, kStart);
  EXPECT_EQ(urls_of(next), (std::vector<std::string>{"http://c.test/", "http://new.test/1"}));
  EXPECT_EQ(next.at(1).urls.at(0).depth, 1);
  EXPECT_EQ(next.at(1).urls.at(0).redirects, 2);
  record(fetched(next.at(1), kStart), kStart);
  const std::vector<Visit> last = frontier_->claim(0, 9, kStart + kDelayMs);
  EXPECT_EQ(urls_of(last), (std::vector<std::string>{"http://new.test/2"}));
  EXPECT_EQ(last.at(0).urls.at(0).depth, 1);
}

TEST_F(FreshHostsTest, ItsUrlCountsForTheLimitOfAHost) {
  const CrawlId crawl = open("small", {.max_urls_per_host = 2}).id;
  add(crawl, {"http://a.test/", "http://b.test/"});
  record_with_links(frontier_->claim(0, 1, kStart).at(0), {"http://b.test/2", "http://b.test/3", "http://b.test/4"});
  EXPECT_EQ(counters("small").total, 3);
  EXPECT_EQ(query("select links from cut"), 2);
  expect_in_order();
}

TEST_F(FreshHostsTest, AHostThatAnotherCrawlVisitsIsPutOffAndNotLost) {
  const CrawlId other = open("other").id;
  add(crawl_, {"http://a.test/"});
  const Visit visit = frontier_->claim(0, 1, kStart).at(0);
  add(other, {"http://a.test/"});
  EXPECT_EQ(settled(), 1);
  EXPECT_TRUE(frontier_->claim(0, 1, kStart).empty());
  EXPECT_EQ(settled(), 2);
  expect_in_order();
  record(fetched(visit, kStart), kStart);
  EXPECT_EQ(urls_of(frontier_->claim(0, 1, kStart + kDelayMs)), (std::vector<std::string>{"http://a.test/"}));
}

TEST_F(FreshHostsTest, AHostThatIsDoneComesBackAmongThem) {
  add(crawl_, {"http://done.test/", "http://a.test/"});
  record(fetched(frontier_->claim(0, 1, kStart).at(0), kStart), kStart);
  add(crawl_, {"http://done.test/2", "http://b.test/"});
  expect_in_order();
  EXPECT_EQ(urls_of(frontier_->claim(0, 9, kStart + kDelayMs)),
            (std::vector<std::string>{"http://done.test/2", "http://a.test/", "http://b.test/"}));
  expect_in_order();
}

TEST_F(FreshHostsTest, AReportThatComesAfterItsVisitWasGivenUpLeavesThemAlone) {
  add(crawl_, {"http://a.test/", "http://b.test/"});
  const Visit visit = frontier_->claim(0, 1, kStart).at(0);
  EXPECT_EQ(frontier_->reclaim(0, kStart), 1);
  record(fetched(visit, kStart), kStart);
  EXPECT_EQ(query("select count(*) from queue"), 1);
  expect_in_order();
}

TEST_F(FreshHostsTest, AVisitThatIsLostComesAgain) {
  add(crawl_, {"http://a.test/"});
  frontier_->claim(0, 1, kStart);
  EXPECT_EQ(frontier_->reclaim(0, kStart), 1);
  expect_in_order();
  EXPECT_EQ(urls_of(frontier_->claim(0, 1, kStart + kDelayMs)), (std::vector<std::string>{"http://a.test/"}));
}

TEST_F(FreshHostsTest, ReportsTellOfThemAsOfOthers) {
  add(crawl_, {"http://a.test/"});
  add(open("other").id, {"http://a.test/"});
  EXPECT_EQ(frontier_->seen(crawl_, 1, "/"), Seen::kPending);
  const std::unique_ptr<Reports> reports = open_reports(path_);
  const url::Url url = *url::parse("http://a.test/");
  EXPECT_EQ(reports->host(url)->pending, 2);
  const std::vector<UrlInfo> found = reports->find(url);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].state, UrlState::kPending);
  EXPECT_EQ(found[0].ready_at, kStart);
  EXPECT_FALSE(found[0].in_flight);
  EXPECT_EQ(query("select count(*) from frontier where url = 'http://a.test/' and depth = 0 and attempts = 0 "
                  "and host = 'a.test' and ready_at = '2023-11-14T22:13:20.000Z'"),
            2);
}

TEST_F(FreshHostsTest, GoWithTheirCrawl) {
  const CrawlId other = open("other").id;
  std::vector<std::string> urls;
  for (int i = 0; i < 2500; ++i) urls.push_back(fmt::format("http://h{}.test/", i));
  add(crawl_, urls);
  add(other, urls);
  add(crawl_, {"http://h0.test/2", "http://h2499.test/2"});
  const CrawlId removed = *frontier_->begin_removal("default");
  EXPECT_EQ(frontier_->remove_step(removed), RemovalProgress::kMore);
  EXPECT_TRUE(check_invariants(path_)->empty());
  while (frontier_->remove_step(removed) != RemovalProgress::kDone) {
  }
  EXPECT_EQ(query("select count(*) from url where crawl_id = 1"), 0);
  EXPECT_EQ(query("select count(*) from queue where crawl_id = 1"), 0);
  EXPECT_EQ(query("select count(*) from url"), 2500);
  expect_in_order();
}

TEST_F(FreshHostsTest, TwoCrawlsThatAreRemovedInTurn) {
  const CrawlId crawls[] = {crawl_, open("other").id};
  for (const CrawlId crawl : crawls) add(crawl, {"http://a.test/1", "http://a.test/2", "http://b.test/"});
  EXPECT_TRUE(frontier_->begin_removal("default") && frontier_->begin_removal("other"));
  int done = 0;
  for (int step = 0; step < 20 && done < 2; ++step) {
    for (const CrawlId crawl : crawls) done += frontier_->remove_step(crawl) == RemovalProgress::kDone ? 1 : 0;
  }
  EXPECT_GE(done, 2);
  EXPECT_EQ(query("select (select count(*) from url) + (select count(*) from queue) + (select count(*) from crawl)"),
            0);
}

}  // namespace
}  // namespace wswp::frontier
