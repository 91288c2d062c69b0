// To which site URLs belong that redirects lead to.
#include <algorithm>

#include "frontier/invariants.h"
#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

using Hosts = std::vector<std::string>;

class MovedSitesTest : public FrontierTest {
 protected:
  /// All visits that are due once every host has rested.
  std::vector<Visit> claim() {
    now_ += 10 * kDelayMs;
    return frontier_->claim(0, 9, now_);
  }

  /// Claims the one host that is due, which has one URL, and ends its visit: with a redirect out of its site, or a
  /// link.
  void lead_to(const char* url, Site site, std::int64_t more_depth = 0) {
    const std::vector<Visit> visits = claim();
    ASSERT_EQ(visits.size(), 1U);
    ASSERT_EQ(visits[0].urls.size(), 1U);
    VisitReport report = fetched(visits[0], now_);
    report.urls[0].found.push_back({.url = *url::parse(url),
                                    .depth = visits[0].urls[0].depth + more_depth,
                                    .redirects = more_depth == 0 ? 1 : 0,
                                    .redirected = more_depth == 0,
                                    .site = site});
    record(report, now_);
  }
  void redirect_to(const char* url) { lead_to(url, Site::kLeft); }
  void link_to(const char* url) { lead_to(url, Site::kSame, 1); }

  /// Of the site of the one URL that is due; it stays pending.
  Hosts site_hosts() {
    const std::vector<Visit> visits = claim();
    EXPECT_EQ(visits.size(), 1U);
    Hosts hosts = visits.at(0).urls.at(0).site_hosts;
    VisitReport nothing{.crawl = visits[0].crawl, .host = visits[0].host, .origin = visits[0].origin};
    nothing.ready_at = now_;
    record(nothing, now_);
    std::sort(hosts.begin(), hosts.end());
    return hosts;
  }

  void expect_in_order() {
    const auto violations = check_invariants(path_);
    ASSERT_TRUE(violations.ok()) << violations.message();
    EXPECT_TRUE(violations->empty()) << violations->front().rule << ": " << violations->front().example;
  }

  ScheduleMs now_ = kStart;
};

TEST_F(MovedSitesTest, AUrlThatNothingRedirectedIsOfItsOwnSite) {
  add(crawl_, {"http://a.test/"});
  EXPECT_EQ(site_hosts(), Hosts{});
  link_to("http://a.test/b");
  EXPECT_EQ(site_hosts(), Hosts{});
  EXPECT_EQ(query("select count(*) from moved_site"), 0);
}

TEST_F(MovedSitesTest, ASeedTakesItsSiteAlong) {
  add(crawl_, {"http://old.test:81/"});
  redirect_to("http://middle.test/");
  EXPECT_EQ(site_hosts(), (Hosts{"middle.test", "old.test"}));
  redirect_to("https://new.test/");
  EXPECT_EQ(site_hosts(), (Hosts{"middle.test", "new.test", "old.test"}));
  link_to("http://old.test/b");
  EXPECT_EQ(site_hosts(), (Hosts{"middle.test", "new.test", "old.test"})) << "as what links to it";
  expect_in_order();
}

TEST_F(MovedSitesTest, ALinkLeavesItsSiteBehind) {
  add(crawl_, {"http://shop.test/"});
  link_to("http://shop.test/out");
  redirect_to("http://social.test/");
  EXPECT_EQ(site_hosts(), Hosts{"shop.test"});
  redirect_to("http://other.test/");
  EXPECT_EQ(site_hosts(), Hosts{"shop.test"});
  redirect_to("http://shop.test/back");
  EXPECT_EQ(site_hosts(), Hosts{"shop.test"});
  expect_in_order();
}

TEST_F(MovedSitesTest, ALinkOfAMovedSiteLeavesThatBehind) {
  add(crawl_, {"http://old.test/"});
  redirect_to("http://new.test/");
  link_to("http://new.test/out");
  redirect_to("http://social.test/");
  EXPECT_EQ(site_hosts(), (Hosts{"new.test", "old.test"}));
  expect_in_order();
}

TEST_F(MovedSitesTest, ALinkToWhateverSiteIsOfItsOwn) {
  add(crawl_, {"http://old.test/"});
  redirect_to("http://new.test/");
  lead_to("http://elsewhere.test/", Site::kOwn, 1);
  EXPECT_EQ(site_hosts(), Hosts{});
}

TEST_F(MovedSitesTest, SeedsOfOneHostHaveSitesOfTheirOwn) {
  add(crawl_, {"http://short.test/1"});
  redirect_to("http://a.test/");
  EXPECT_EQ(site_hosts(), (Hosts{"a.test", "short.test"}));
  link_to("http://a.test/b");
  link_to("http://a.test/");  // known
  add(crawl_, {"http://short.test/2"});
  redirect_to("http://b.test/");
  EXPECT_EQ(site_hosts(), (Hosts{"b.test", "short.test"}));
  expect_in_order();
}

TEST_F(MovedSitesTest, ARetryKeepsTheSite) {
  add(crawl_, {"http://old.test/"});
  redirect_to("http://new.test/");
  VisitReport report = fetched(claim().at(0), now_);
  report.urls[0].outcome->state = UrlState::kFailed;
  report.urls[0].outcome->error = "reset";
  record(report, now_);
  EXPECT_EQ(frontier_->begin_retry("default"), 1);
  while (frontier_->retry_step(crawl_)) {
  }
  EXPECT_EQ(site_hosts(), (Hosts{"new.test", "old.test"}));
  expect_in_order();
}

TEST_F(MovedSitesTest, ASecondUrlOfAFreshHostSettlesItWithItsSite) {
  add(crawl_, {"http://old.test/"});
  redirect_to("http://new.test/");
  add(crawl_, {"http://new.test/b"});
  EXPECT_EQ(query("select count(*) from pending"), 2);
  EXPECT_EQ(query("select count(*) from pending where site = 1"), 1) << "the other is a seed of its own";
  expect_in_order();
}

TEST_F(MovedSitesTest, GoWithTheirCrawl) {
  add(crawl_, {"http://old.test/"});
  redirect_to("http://new.test/");
  EXPECT_EQ(query("select count(*) from moved_site"), 2);
  const std::optional<CrawlId> removed = frontier_->begin_removal("default");
  ASSERT_TRUE(removed);
  while (frontier_->remove_step(*removed) != RemovalProgress::kDone) {
  }
  EXPECT_EQ(query("select count(*) from moved_site"), 0);
  expect_in_order();
}

}  // namespace
}  // namespace wswp::frontier
