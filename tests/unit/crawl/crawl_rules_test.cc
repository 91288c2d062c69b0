#include "crawl/crawl_rules.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

namespace wswp::crawl {
namespace {

constexpr std::string_view kUrls[] = {"http://a.example/", "http://a.example/news/1.html?q=(x)", "http://a.example/new",
                                      "https://b.example:8080/n.ws/a+b", "http://a.example/%5B$%5D"};

class LinkRegex : public testing::TestWithParam<const char*> {};

TEST_P(LinkRegex, SaysWhatRe2Says) {
  const CrawlRules rules({.link_regex = GetParam()});
  const re2::RE2 regex(GetParam());
  for (const std::string_view url : kUrls) {
    EXPECT_EQ(rules.matches(url), re2::RE2::PartialMatch(std::string(url), regex)) << url;
  }
}

INSTANTIATE_TEST_SUITE_P(Expressions, LinkRegex,
                         testing::Values("$^", ".", "", "/news/", "news", "NEWS", "n.ws", "^http:", "html$", "a+b",
                                         "a\\+b", "new|n.ws", "[0-9]", "(x)", "\\(x\\)", "$", "x{2}", "?"));

TEST(CrawlRules, FollowsNothingFromPagesWhereNoLinkIsWanted) {
  EXPECT_FALSE(CrawlRules({.link_regex = "$^", .max_depth = 5}).follows_from(0));
  EXPECT_TRUE(CrawlRules({.link_regex = ".", .max_depth = 5}).follows_from(4));
  EXPECT_FALSE(CrawlRules({.link_regex = ".", .max_depth = 5}).follows_from(5));
}

}  // namespace
}  // namespace wswp::crawl
