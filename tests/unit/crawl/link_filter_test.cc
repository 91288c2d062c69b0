#include "crawl/link_filter.h"

#include <gtest/gtest.h>

namespace wswp::crawl {
namespace {

std::vector<std::string> wanted(const html::Page& page, const frontier::CrawlOptions& options, std::int64_t depth = 0) {
  const CrawlRules rules(options);
  std::vector<std::string> urls;
  for (const frontier::FoundUrl& found : wanted_links(page, *url::parse("http://www.a.com/dir/page"), depth, rules)) {
    EXPECT_EQ(found.depth, depth + 1);
    urls.push_back(found.url.href());
  }
  return urls;
}

html::Page page_with(std::vector<std::string> hrefs) {
  html::Page page;
  for (std::string& href : hrefs) page.links.push_back({.href = std::move(href)});
  return page;
}

using Urls = std::vector<std::string>;
const frontier::CrawlOptions kAll{.link_regex = "."};

TEST(LinkFilter, ResolvesAgainstThePageAndKeepsEachOnce) {
  EXPECT_EQ(wanted(page_with({"x", "/y", "../dir/x#part", "page", "mailto:a@a.com", "http://"}), kAll),
            (Urls{"http://www.a.com/dir/x", "http://www.a.com/y"}));
}

TEST(LinkFilter, ResolvesAgainstADeclaredBase) {
  html::Page page = page_with({"x"});
  page.base_href = "/other/";
  EXPECT_EQ(wanted(page, kAll), (Urls{"http://www.a.com/other/x"}));
}

TEST(LinkFilter, StaysWithinTheRegistrableDomain) {
  const html::Page page = page_with({"http://blog.a.com/", "http://b.com/", "https://a.com/"});
  EXPECT_EQ(wanted(page, kAll), (Urls{"http://blog.a.com/", "https://a.com/"}));
  EXPECT_EQ(wanted(page, {.link_regex = ".", .same_site = false}).size(), 3U);
}

TEST(LinkFilter, SearchesTheExpressionInTheCanonicalUrl) {
  const html::Page page = page_with({"/news/1", "/about"});
  EXPECT_EQ(wanted(page, {.link_regex = "/news/"}), (Urls{"http://www.a.com/news/1"}));
  EXPECT_TRUE(wanted(page, {.link_regex = "$^"}).empty());
}

TEST(LinkFilter, EndsAtTheDepthLimit) {
  EXPECT_EQ(wanted(page_with({"/x"}), {.link_regex = ".", .max_depth = 2}, 1).size(), 1U);
  EXPECT_TRUE(wanted(page_with({"/x"}), {.link_regex = ".", .max_depth = 2}, 2).empty());
}

TEST(LinkFilter, HonoursNofollow) {
  html::Page page = page_with({"/x", "/y"});
  page.links[0].nofollow = true;
  EXPECT_EQ(wanted(page, kAll), (Urls{"http://www.a.com/y"}));
  page.robots_nofollow = true;
  EXPECT_TRUE(wanted(page, kAll).empty());
}

}  // namespace
}  // namespace wswp::crawl
