#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

using RecordTest = FrontierTest;

FoundUrl found(const std::string& text, std::int64_t depth) {
  return {.url = *url::parse(text), .depth = depth};
}

TEST_F(RecordTest, AnOutcomeEndsTheUrlAndMovesTheCounters) {
  add(crawl_, {"http://a.test/"});
  const Visit visit = frontier_->claim(0, 1, kStart).at(0);
  record(fetched(visit, kStart), kStart);
  const Counters now = counters();
  EXPECT_EQ(now.total, 1);
  EXPECT_EQ(now.pending, 0);
  EXPECT_EQ(now.fetched, 1);
  EXPECT_EQ(now.bytes, 10);
  EXPECT_EQ(frontier_->find_crawl("default")->state(), "done");
  EXPECT_EQ(query("select attempts from results where outcome = 'fetched' and status = 200"), 1);
  EXPECT_EQ(query("select count(*) from frontier"), 0);
}

TEST_F(RecordTest, TheSameReportTwiceCountsOnce) {
  add(crawl_, {"http://a.test/"});
  const VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  record(report, kStart);
  record(report, kStart);
  EXPECT_EQ(counters().fetched, 1);
  EXPECT_EQ(query("select pending from crawl_host"), 0);
}

TEST_F(RecordTest, ATryWithoutOutcomeStaysPending) {
  add(crawl_, {"http://a.test/"});
  const Visit visit = frontier_->claim(0, 1, kStart).at(0);
  VisitReport report = fetched(visit, kStart);
  report.urls[0].outcome.reset();
  report.ready_at = kStart + 10'000;
  record(report, kStart);
  EXPECT_TRUE(frontier_->claim(0, 1, kStart + 9'999).empty());
  const std::vector<Visit> again = frontier_->claim(0, 1, kStart + 10'000);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].urls[0].attempts, 1);
}

TEST_F(RecordTest, AUrlThatIsNotReportedStaysAsItWas) {
  add(crawl_, {"http://a.test/"});
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  report.urls.clear();
  report.ready_at = kStart;
  record(report, kStart);
  EXPECT_EQ(frontier_->claim(0, 1, kStart).at(0).urls[0].attempts, 0);
}

TEST_F(RecordTest, AnOutcomeWithoutARequestIsNoTry) {
  add(crawl_, {"http://a.test/", "http://b.test/"});
  for (const Visit& visit : frontier_->claim(0, 2, kStart)) {
    VisitReport report = fetched(visit, kStart);
    if (visit.origin == "http://a.test") report.urls[0].outcome->state = UrlState::kDisallowed;
    record(report, kStart);
  }
  EXPECT_EQ(query("select attempts from results where url = 'http://a.test/'"), 0);
  EXPECT_EQ(query("select attempts from results where url = 'http://b.test/'"), 1);
}

TEST_F(RecordTest, WhatARedirectHandsOnKnowsHowManyLedThere) {
  add(crawl_, {"http://a.test/"});
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  report.urls[0].found = {found("http://b.test/", 0)};
  report.urls[0].found[0].redirects = 3;
  report.urls[0].found[0].redirected = true;
  record(report, kStart);
  EXPECT_EQ(frontier_->claim(0, 1, kStart).at(0).urls.at(0).redirects, 3);
}

TEST_F(RecordTest, FoundLinksAreAddedOnceInTheOrderTheyWereFound) {
  add(crawl_, {"http://a.test/"});
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  report.urls[0].found = {found("http://b.test/", 1), found("http://a.test/x", 1), found("http://a.test/", 1),
                          found("http://a.test/x", 1)};
  record(report, kStart);
  EXPECT_EQ(counters().total, 3);
  EXPECT_EQ(counters().pending, 2);
  EXPECT_EQ(urls_of(frontier_->claim(0, 10, kStart + kDelayMs)),
            (std::vector<std::string>{"http://a.test/x", "http://b.test/"}));
  EXPECT_EQ(query("select depth from url where target = '/x'"), 1);
  EXPECT_EQ(query("select from_rank from url where target = '/x'"), 1);
}

TEST_F(RecordTest, LinksDoNotBringMoreThanTheLimitOfAHostButRedirectsDo) {
  open("default", {.max_urls_per_host = 2});
  add(crawl_, {"http://a.test/"});
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  report.urls[0].found = {found("http://a.test/1", 1), found("http://a.test/2", 1), found("http://a.test/3", 0)};
  report.urls[0].found[2].redirected = true;
  record(report, kStart);
  EXPECT_EQ(query("select count(*) from url where target in ('/1', '/3')"), 2);
  EXPECT_EQ(counters().total, 3);
}

TEST_F(RecordTest, TheLimitOfAHostThatLinksBringIsTheSame) {
  open("default", {.max_urls_per_host = 2});
  add(crawl_, {"http://a.test/"});
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  report.urls[0].found = {found("http://b.a.test/1", 1), found("http://b.a.test/2", 1), found("http://b.a.test/3", 1)};
  record(report, kStart);
  EXPECT_EQ(counters().total, 3);
  EXPECT_EQ(frontier_->find_crawl("default")->cut, (CutCounts{{"too_many_urls", 1}}));
}

TEST_F(RecordTest, EveryLinkToAHostThatIsFullIsCounted) {
  open("default", {.max_urls_per_host = 2});
  add(crawl_, {"http://a.test/"});
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  report.urls[0].found = {found("http://a.test/1", 1), found("http://a.test/1", 1), found("http://a.test/", 1),
                          found("http://a.test/2", 1), found("http://a.test/3", 1)};
  record(report, kStart);
  EXPECT_EQ(frontier_->find_crawl("default")->cut, (CutCounts{{"too_many_urls", 4}}));
}

TEST_F(RecordTest, TheLimitOfAHostIsThatOfEachCrawlAlsoWithinAGroup) {
  const CrawlId other = open("other", {.max_urls_per_host = 2}).id;
  open("default", {.max_urls_per_host = 2});
  add(crawl_, {"http://a.test/", "http://x.test/1", "http://x.test/2"});
  add(other, {"http://b.test/", "http://x.test/1"});
  std::vector<VisitReport> reports;
  for (const Visit& visit : frontier_->claim(0, 4, kStart)) {
    if (visit.origin == "http://x.test") continue;
    reports.push_back(fetched(visit, kStart));
    reports.back().urls[0].found = {found("http://x.test/3", 1)};
  }
  ASSERT_EQ(reports.size(), 2U);
  frontier_->record(reports, kStart);
  EXPECT_EQ(counters().total, 3) << "it has two of that host";
  EXPECT_EQ(counters("other").total, 3);
}

TEST_F(RecordTest, CutLinksAddUpByRule) {
  add(crawl_, {"http://a.test/", "http://b.test/"});
  const std::vector<Visit> visits = frontier_->claim(0, 2, kStart);
  for (const Visit& visit : visits) {
    VisitReport report = fetched(visit, kStart);
    report.urls[0].cut = {{"far_date", 2}, {"session_id", 1}};
    record(report, kStart);
    record(report, kStart);  // repeated: counts once
  }
  EXPECT_EQ(frontier_->crawls().at(0).cut, (CutCounts{{"far_date", 4}, {"session_id", 2}}));
  EXPECT_EQ(query("select links from cut where crawl = 'default' and rule = 'far_date'"), 4);
}

TEST_F(RecordTest, LinksAddNoMoreHostsOfASiteThanItsLimit) {
  frontier_ = open_frontier(path_, {.max_hosts_per_site = 2});
  add(crawl_, {"http://a.test/", "http://seed.farm.com/"});
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  report.urls[0].found = {found("http://1.farm.com/", 1),     found("http://2.farm.com/", 1),
                          found("http://3.farm.com/", 1),     found("http://1.farm.com/x", 1),
                          found("http://seed.farm.com/x", 1), found("http://4.farm.com/", 1),
                          found("http://other.com/", 1),      found("http://5.farm.com/", 0)};
  report.urls[0].found.back().redirected = true;
  record(report, kStart);
  EXPECT_EQ(frontier_->find_crawl("default")->cut, (CutCounts{{"too_many_hosts", 2}}));
  EXPECT_EQ(query("select count(*) from hosts where authority like '%.farm.com'"), 4) << "1, 2, 5 and the seed";
  EXPECT_EQ(query("select hosts from site_hosts where site = 'farm.com'"), 2);
  EXPECT_EQ(counters().total, 8);

  frontier_ = open_frontier(path_, {.max_hosts_per_site = 2});
  const auto visits = frontier_->claim(0, 10, kStart);
  VisitReport later = fetched(visits.at(0), kStart);
  later.urls[0].found = {found("http://6.farm.com/", 1)};
  record(later, kStart);
  EXPECT_EQ(frontier_->find_crawl("default")->cut, (CutCounts{{"too_many_hosts", 3}})) << "a restart forgets nothing";
}

TEST_F(RecordTest, TheMainHostsOfASiteAreNotCounted) {
  frontier_ = open_frontier(path_, {.max_hosts_per_site = 1});
  add(crawl_, {"http://a.test/"});
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  report.urls[0].found = {found("http://1.farm.com/", 1),       found("http://farm.com/", 1),
                          found("https://www.farm.com/", 1),    found("http://farm.com:81/", 1),
                          found("http://www.www.farm.com/", 1), found("http://127.0.0.1/", 1),
                          found("http://127.0.0.1:81/", 1),     found("http://127.0.0.1:82/", 1)};
  record(report, kStart);
  EXPECT_EQ(counters().total, 1 + 3 + 2);
  EXPECT_EQ(frontier_->find_crawl("default")->cut, (CutCounts{{"too_many_hosts", 3}}));
  EXPECT_EQ(query("select count(*) from site_hosts"), 2);
}

TEST_F(RecordTest, ALimitOfZeroHostsIsNone) {
  frontier_ = open_frontier(path_, {.max_hosts_per_site = 0});
  add(crawl_, {"http://a.test/"});
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  report.urls[0].found = {found("http://1.farm.com/", 1), found("http://2.farm.com/", 1)};
  record(report, kStart);
  EXPECT_EQ(counters().total, 3);
  EXPECT_EQ(query("select count(*) from site_hosts"), 0);
}

TEST_F(RecordTest, WhereRedirectsLedIsSeen) {
  add(crawl_, {"http://a.test/"});
  const Visit visit = frontier_->claim(0, 1, kStart).at(0);
  EXPECT_EQ(frontier_->seen(crawl_, visit.host, "/home"), Seen::kNo);
  VisitReport report = fetched(visit, kStart);
  report.urls[0].aliases = {"/home"};
  report.urls[0].found = {found("http://a.test/home", 1)};
  record(report, kStart);
  EXPECT_EQ(frontier_->seen(crawl_, visit.host, "/home"), Seen::kDone);
  EXPECT_EQ(counters().total, 1) << "neither the alias nor the link to it is a URL of the crawl";
}

TEST_F(RecordTest, RanksAreNotGivenTwice) {
  add(crawl_, {"http://a.test/"});
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  report.urls[0].aliases = {"/1", "/2"};
  report.urls[0].found = {found("http://a.test/3", 1), found("http://b.test/", 1)};
  record(report, kStart);
  add(crawl_, {"http://c.test/"});
  EXPECT_EQ(query("select count(distinct rank) from url"), 6);
}

TEST_F(RecordTest, APendingUrlThatARedirectLedToHasBeenFetchedWithIt) {
  add(crawl_, {"http://a.test/", "http://a.test/home"});
  const Visit visit = frontier_->claim(0, 1, kStart).at(0);
  EXPECT_EQ(frontier_->seen(crawl_, visit.host, "/home"), Seen::kPending);
  VisitReport report = fetched(visit, kStart);
  report.urls[0].aliases = {"/home"};
  record(report, kStart);
  EXPECT_EQ(counters().fetched, 2);
  EXPECT_EQ(counters().pending, 0);
  EXPECT_EQ(query("select pending from crawl_host"), 0);
  EXPECT_EQ(query("select count(*) from results where url = 'http://a.test/home' and status = 200"), 1);
}

TEST_F(RecordTest, RobotsRulesAreKeptAndHandedOutWithTheNextVisit) {
  add(crawl_, {"http://a.test/", "http://a.test/2"});
  const Visit visit = frontier_->claim(0, 1, kStart).at(0);
  EXPECT_FALSE(visit.robots.has_value());
  VisitReport report = fetched(visit, kStart);
  report.robots = RobotsRecord{.status = 200,
                               .rules = "1\n",
                               .crawl_delay_ms = 7000,
                               .fetched_at = kStart,
                               .expires_at = kStart + 1,
                               .failures = 2};
  record(report, kStart);
  const Visit next = frontier_->claim(0, 1, kStart + kDelayMs).at(0);
  ASSERT_TRUE(next.robots.has_value());
  EXPECT_EQ(next.robots->rules, "1\n");
  EXPECT_EQ(next.robots->crawl_delay_ms, 7000);
  EXPECT_EQ(next.robots->failures, 2);
  EXPECT_EQ(query("select robots_status from hosts"), 200);
}

TEST_F(RecordTest, HowAHostAnswersOutlivesTheProcessAndGoesToEveryCrawl) {
  const CrawlId other = open("other").id;
  add(crawl_, {"http://a.test/", "http://a.test/2"});
  add(other, {"http://a.test/"});
  const Visit visit = frontier_->claim(0, 1, kStart).at(0);
  EXPECT_EQ(visit.pace, HostPace{});
  VisitReport report{.crawl = visit.crawl, .host = visit.host, .origin = visit.origin, .ready_at = kStart + 60'000};
  report.pace = HostPace{.failures = 3, .answer_ms = 700};
  record(report, kStart);
  EXPECT_TRUE(frontier_->claim(0, 9, kStart + 59'999).empty()) << "the host rests for all crawls";
  frontier_ = open_frontier(path_);
  const Visit next = frontier_->claim(0, 1, kStart + 60'000).at(0);
  EXPECT_EQ(next.pace, (HostPace{.failures = 3, .answer_ms = 700}));
  VisitReport well = fetched(next, kStart + 60'000);
  well.pace = HostPace{};
  record(well, kStart + 60'000);
  EXPECT_EQ(query("select count(*) from host_state where failures > 0 or answer_ms > 0"), 0)
      << "nothing is left to say";
}

TEST_F(RecordTest, TheAuthorityOfAHostIsItsNameAndPort) {
  add(crawl_, {"http://a.test/", "http://a.test:8080/", "https://a.test/", "https://a.test:8443/", "http://[::1]/",
               "https://[::1]/", "https://[::1]:8443/"});
  store::Database database(path_, store::Mode::kReadOnly, 1024);
  store::Statement statement(database, "select authority from hosts");
  std::vector<std::string> authorities;
  for (statement.bind(); statement.step();) authorities.emplace_back(statement.text(0));
  EXPECT_EQ(authorities, (std::vector<std::string>{"a.test", "a.test:8080", "a.test:443", "a.test:8443", "[::1]",
                                                   "[::1]:443", "[::1]:8443"}));
}

/// The whole walk, in pages of `most`.
std::vector<ResultRow> walked(Reports& reports, std::optional<UrlState> outcome, std::size_t most) {
  std::vector<ResultRow> rows;
  for (ResultWalk walk = reports.walk_results(std::nullopt, outcome); !walk.over();) {
    for (ResultRow& row : reports.next_results(walk, most)) rows.push_back(std::move(row));
  }
  return rows;
}

TEST_F(RecordTest, ReportsTellWhatIsKnown) {
  add(crawl_, {"http://a.test/", "http://b.test/"});
  VisitReport report = fetched(frontier_->claim(0, 1, kStart).at(0), kStart);
  report.urls[0].outcome = Outcome{.state = UrlState::kFailed, .error = "dns", .fetched_at = kStart};
  record(report, kStart);
  const std::unique_ptr<Reports> reports = open_reports(path_);
  const std::vector<ErrorGroup> errors = reports->errors("default");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].error, "dns");
  EXPECT_EQ(errors[0].example, "http://a.test/");
  const std::vector<ResultRow> rows = walked(*reports, UrlState::kFailed, 10);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].url, "http://a.test/");
  EXPECT_EQ(rows[0].outcome.error, "dns");
  const std::vector<UrlInfo> known = reports->find(*url::parse("http://a.test/"));
  ASSERT_EQ(known.size(), 1U);
  EXPECT_EQ(known[0].state, UrlState::kFailed);
  EXPECT_EQ(known[0].attempts, 1);
  EXPECT_EQ(reports->host(*url::parse("http://b.test/"))->pending, 1);
  EXPECT_FALSE(reports->host(*url::parse("http://c.test/")).has_value());
}

}  // namespace
}  // namespace wswp::frontier
