#include "crawl/rules_cache.h"

#include <gtest/gtest.h>

namespace wswp::crawl {
namespace {

using frontier::CrawlOptions;

TEST(RulesCache, RulesAreMadeOnceAsLongAsTheOptionsStay) {
  RulesCache cache;
  const auto rules = cache.of(1, CrawlOptions{.link_regex = "a"});
  EXPECT_TRUE(rules->matches("http://a.test/"));
  EXPECT_EQ(cache.of(1, CrawlOptions{.link_regex = "a"}), rules);
}

TEST(RulesCache, EachOptionThatChangesIsTakenUp) {
  RulesCache cache;
  auto before = cache.of(1, CrawlOptions{});
  CrawlOptions options;
  const auto changes = {
      +[](CrawlOptions& o) { o.link_regex = "."; },        +[](CrawlOptions& o) { o.max_depth = 7; },
      +[](CrawlOptions& o) { o.same_site = false; },       +[](CrawlOptions& o) { o.max_urls_per_host = 9; },
      +[](CrawlOptions& o) { o.delay_ms = 10; },           +[](CrawlOptions& o) { o.delay_ms = 11; },
      +[](CrawlOptions& o) { o.delay_ms = std::nullopt; },
  };
  for (const auto change : changes) {
    change(options);
    const auto& now = cache.of(1, options);
    EXPECT_NE(now, before);
    EXPECT_EQ(now->options(), options);
    before = now;
  }
}

TEST(RulesCache, WhoHoldsTheOldRulesKeepsThem) {
  RulesCache cache;
  const auto old = cache.of(1, CrawlOptions{.max_depth = 1});
  cache.of(1, CrawlOptions{.max_depth = 2});
  EXPECT_EQ(old->options().max_depth, 1);
}

TEST(RulesCache, CrawlsHaveRulesOfTheirOwn) {
  RulesCache cache;
  EXPECT_EQ(cache.of(1, CrawlOptions{.max_depth = 1})->options().max_depth, 1);
  EXPECT_EQ(cache.of(2, CrawlOptions{.max_depth = 2})->options().max_depth, 2);
  EXPECT_EQ(cache.of(1, CrawlOptions{.max_depth = 1})->options().max_depth, 1);
}

TEST(RulesCache, ARemovedCrawlKeepsItsLastRulesOrFollowsNothing) {
  RulesCache cache;
  const auto known = cache.of(1, CrawlOptions{.max_depth = 3});
  EXPECT_EQ(cache.of(1, std::nullopt), known);
  EXPECT_FALSE(cache.of(2, std::nullopt)->follows_from(0));
}

}  // namespace
}  // namespace wswp::crawl
