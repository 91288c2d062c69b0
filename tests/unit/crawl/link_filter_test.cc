#include "crawl/link_filter.h"

#include <gtest/gtest.h>

namespace wswp::crawl {
namespace {

constexpr int kYear = 2026;

struct Given {
  frontier::CrawlOptions options{.link_regex = "."};
  std::int64_t depth = 0;
  html::LinkList header_links;
  TrapPolicy traps;
  std::vector<std::string> site_hosts;
};

WantedLinks select(const html::Page& page, const Given& given) {
  const CrawlRules rules(given.options);
  const url::Url url = *url::parse("http://www.a.com/dir/page");
  return wanted_links({.page = page,
                       .header_links = given.header_links,
                       .url = url,
                       .depth = given.depth,
                       .site_hosts = given.site_hosts},
                      rules, given.traps, kYear);
}

std::vector<std::string> wanted(const html::Page& page, const Given& given) {
  std::vector<std::string> urls;
  for (const frontier::FoundUrl& found : select(page, given).urls) {
    EXPECT_EQ(found.depth, given.depth + 1);
    urls.push_back(found.url.href());
  }
  return urls;
}

std::vector<std::string> wanted(const html::Page& page, const frontier::CrawlOptions& options, std::int64_t depth = 0) {
  return wanted(page, Given{.options = options, .depth = depth});
}

html::LinkList links_to(std::initializer_list<std::string_view> hrefs) {
  html::LinkList links;
  for (const std::string_view href : hrefs) links.add(href);
  return links;
}

html::Page page_with(std::initializer_list<std::string_view> hrefs) {
  html::Page page;
  page.links = links_to(hrefs);
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
  const html::Page page = page_with({"http://blog.a.com/", "http://b.com/", "https://a.com/", "//b.com/x"});
  EXPECT_EQ(wanted(page, kAll), (Urls{"http://blog.a.com/", "https://a.com/"}));
  EXPECT_EQ(wanted(page, {.link_regex = ".", .same_site = false}).size(), 4U);
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
  html::Page page;
  page.links.add("/x", html::LinkKind::kAnchor, true);
  page.links.add("/y");
  EXPECT_EQ(wanted(page, kAll), (Urls{"http://www.a.com/y"}));
  page.robots_nofollow = true;
  EXPECT_TRUE(wanted(page, kAll).empty());
}

TEST(LinkFilter, LinksOfTheHeaderAreRelativeToTheResponseNotToABase) {
  html::Page page = page_with({"x", "/dir/y"});
  page.base_href = "/other/";
  const Given given{.header_links = links_to({"x", "y", "http://b.com/"})};
  EXPECT_EQ(wanted(page, given),
            (Urls{"http://www.a.com/dir/x", "http://www.a.com/dir/y", "http://www.a.com/other/x"}));
}

TEST(LinkFilter, ABaseOfAnotherSchemeLeavesOnlyAbsoluteLinks) {
  html::Page page = page_with({"x", "http://www.a.com/y"});
  page.base_href = "file:///home/";
  EXPECT_EQ(wanted(page, Given{}), (Urls{"http://www.a.com/y"}));
}

TEST(LinkFilter, NofollowOfThePageHoldsForTheHeader) {
  html::Page page;
  page.robots_nofollow = true;
  EXPECT_TRUE(wanted(page, {.header_links = links_to({"x"})}).empty());
}

TEST(LinkFilter, CutsTrapsAndCountsThemByRule) {
  const html::Page page = page_with({"/a/a/a/a/", "/a/a/a/a/#again", "/a/a/a/a/b", "/2031/05/", "/2028/05/", "/x"});
  const WantedLinks links = select(page, Given{});
  EXPECT_EQ(links.cut, (frontier::CutCounts{{"far_date", 1}, {"repeated_segments", 2}}));
  EXPECT_EQ(links.urls.size(), 2U);
}

TEST(LinkFilter, AsksTrapRulesAfterTheScopeAndTheExpression) {
  const html::Page page = page_with({"http://b.com/2031/05/", "/2031/05/", "/a/a/a/a/", "/x"});
  const WantedLinks links = select(page, {.options = {.link_regex = "/20"}});
  EXPECT_EQ(links.cut, (frontier::CutCounts{{"far_date", 1}}));
  EXPECT_TRUE(links.urls.empty());
}

TEST(LinkFilter, DropsSessionIdsBeforeAUrlCountsAsSeen) {
  const html::Page page = page_with({"/x?PHPSESSID=1", "/x?PHPSESSID=2", "/y;jsessionid=3", "page?PHPSESSID=4", "/x"});
  EXPECT_EQ(wanted(page, Given{}), (Urls{"http://www.a.com/x", "http://www.a.com/y"}));
  const WantedLinks skipped = select(page, {.traps = TrapPolicy::from({.session_ids = config::SessionIds::kSkip})});
  EXPECT_EQ(skipped.cut, (frontier::CutCounts{{"session_id", 4}}));
  EXPECT_EQ(skipped.urls.size(), 1U);
  EXPECT_EQ(wanted(page, {.traps = TrapPolicy::from({.session_ids = config::SessionIds::kKeep})}).size(), 5U);
}

TEST(LinkFilter, APageBringsNoMoreLinksThanItsLimit) {
  Given given;
  given.traps.max_links = 2;
  const html::Page page = page_with({"1", "1", "http://b.com/", "2", "/x/x/x/x/x/x", "3", "4", "3"});
  EXPECT_EQ(wanted(page, given), (Urls{"http://www.a.com/dir/1", "http://www.a.com/dir/2"}));
  EXPECT_EQ(select(page, given).cut, (frontier::CutCounts{{"repeated_segments", 1}, {"too_many_links", 2}}));
}

TEST(LinkFilter, LinksThatWereNotLookedAtCountAsTooMany) {
  html::Page page = page_with({"1"});
  page.links_left_out = 700'000;
  EXPECT_EQ(select(page, {}).cut, (frontier::CutCounts{{"too_many_links", 700'000}}));
}

TEST(LinkFilter, ALimitOfZeroLinksIsNone) {
  Given given;
  given.traps.max_links = 0;
  EXPECT_EQ(wanted(page_with({"1", "2", "3"}), given).size(), 3U);
}

// docs/URLS.md, "The site": a seed that redirects takes its site along.
TEST(LinkFilter, StaysWithinAllNamesOfAMovedSite) {
  const html::Page page = page_with({"/x", "http://old.org/y", "http://www.old.org/z", "//b.a.com/", "http://c.com/",
                                     "http://10.0.0.1/", "http://middle.co.uk/", "http://other.co.uk/"});
  const Given moved{.options = kAll, .site_hosts = {"shop.old.org", "middle.co.uk", "a.com"}};
  EXPECT_EQ(wanted(page, moved), (Urls{"http://www.a.com/x", "http://old.org/y", "http://www.old.org/z",
                                       "http://b.a.com/", "http://middle.co.uk/"}));
  for (const frontier::FoundUrl& found : select(page, moved).urls) EXPECT_EQ(found.site, frontier::Site::kSame);
}

// The same: a redirect of a link leaves it.
TEST(LinkFilter, WantsNothingOfAPageThatIsNoPartOfItsSite) {
  const html::Page page = page_with({"/x", "http://old.org/y"});
  EXPECT_EQ(wanted(page, Given{.options = kAll, .site_hosts = {"old.org"}}), Urls{});
  frontier::CrawlOptions any_site = kAll;
  any_site.same_site = false;
  const Given anywhere{.options = any_site, .site_hosts = {"old.org"}};
  EXPECT_EQ(wanted(page, anywhere), (Urls{"http://www.a.com/x", "http://old.org/y"}));
  for (const frontier::FoundUrl& found : select(page, anywhere).urls) EXPECT_EQ(found.site, frontier::Site::kOwn);
}

}  // namespace
}  // namespace wswp::crawl
