#include "html/header_scanner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "html/link_header.h"
#include "html/robots_tag.h"

namespace wswp::html {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr WallMs kNow = 1'700'000'000'000;  // 2023-11-14

std::vector<std::string> hrefs_of_header(std::string_view header) {
  std::vector<std::string> out;
  for (const Link link : parse_link_header(header)) out.emplace_back(link.href);
  return out;
}

TEST(Rfc8288Section3, LinksOfTheKindsThatACrawlerKnows) {
  const auto links = parse_link_header(
      R"(<https://a.org/>; rel="canonical", </2>;rel=next , <0> ; REL = PREV, <f.xml>; type="x"; rel="feed alternate",)"
      R"( </s.css>; rel=preload; as=style, </>; rel="shortlink")");
  std::vector<LinkKind> kinds;
  std::vector<std::string> urls;
  for (const Link link : links) {
    kinds.push_back(link.kind);
    urls.emplace_back(link.href);
  }
  EXPECT_THAT(urls, ElementsAre("https://a.org/", "/2", "0", "f.xml"));
  EXPECT_THAT(kinds, ElementsAre(LinkKind::kCanonical, LinkKind::kNext, LinkKind::kPrev, LinkKind::kAlternate));
}

TEST(Rfc8288Section3, CommasAndSemicolonsInTargetsAndStringsSeparateNothing) {
  EXPECT_THAT(hrefs_of_header(R"(</a,b;c?d=<e>; title="x, <y>; rel=canonical \"z\" >"; rel=next, </2>; rel=next)"),
              ElementsAre("/a,b;c?d=<e", "/2"));
}

TEST(Rfc8288Section3_3, TheFirstRelCounts) {
  EXPECT_THAT(hrefs_of_header("</1>; rel=preload; rel=next, </2>; rel=next; rel=preload, </3>, </4>; rev=next"),
              ElementsAre("/2"));
}

TEST(Rfc8288Section3_2, LinksOfAnotherContextAreLeftOut) {
  EXPECT_THAT(
      hrefs_of_header(R"(</1>; rel=next; anchor="/other", </2>; rel=next; anchor="#part", </3>; anchor=""; rel=next)"),
      ElementsAre("/2", "/3"));
}

TEST(Rfc8288AppendixB, JunkIsPassedOver) {
  EXPECT_THAT(hrefs_of_header("x, ,,</1>rel=next, </2>;;rel=next;, y </x>; rel=next, </3>; rel, </4>; rel=\"next"),
              ElementsAre("/2", "/4"));
  EXPECT_THAT(hrefs_of_header("</1; rel=next"), IsEmpty());
  EXPECT_THAT(hrefs_of_header("<>; rel=next, < /1 >; rel=next, </2>; rel=\"next\\"), ElementsAre("/1"));
  EXPECT_THAT(hrefs_of_header("</\xE9>; rel=next"), ElementsAre("/\uFFFD"));
  EXPECT_THAT(hrefs_of_header(""), IsEmpty());
}

TEST(Rfc8288Section3, Nofollow) {
  EXPECT_TRUE(parse_link_header("</1>; rel=\"next nofollow\"")[0].nofollow);
  EXPECT_FALSE(parse_link_header("</1>; rel=next")[0].nofollow);
}

RobotsDirectives tag(std::string_view value) {
  return parse_robots_tag(value, "wswp", kNow);
}

TEST(XRobotsTag, ForAll) {
  EXPECT_TRUE(tag("nofollow").nofollow);
  EXPECT_FALSE(tag("nofollow").noindex);
  EXPECT_TRUE(tag("NOINDEX , NoFollow").nofollow);
  EXPECT_TRUE(tag("none").nofollow);
  EXPECT_TRUE(tag("none").noindex);
  EXPECT_TRUE(tag("*: nofollow").nofollow);
  EXPECT_FALSE(tag("all, noarchive, nofollowers").nofollow);
  EXPECT_FALSE(tag("").noindex);
}

TEST(XRobotsTag, ANameHoldsToTheEndOfItsLine) {
  EXPECT_TRUE(tag("wswp: nofollow").nofollow);
  EXPECT_TRUE(tag("WSWP/1.0: noarchive, nofollow").nofollow);
  EXPECT_FALSE(tag("otherbot: noindex, nofollow").nofollow);
  EXPECT_TRUE(tag("otherbot: noindex\nnofollow").nofollow);
  EXPECT_FALSE(tag("otherbot: noindex\nnofollow").noindex);
  EXPECT_TRUE(tag("otherbot: noindex, wswp: nofollow").nofollow);
  EXPECT_FALSE(tag("wswp: noarchive, otherbot: nofollow").nofollow);
  EXPECT_TRUE(tag("nofollow, otherbot: noindex").nofollow);
  EXPECT_FALSE(tag("wswp-news: nofollow").nofollow);
  EXPECT_FALSE(parse_robots_tag("otherbot: nofollow", "", kNow).nofollow);
}

TEST(XRobotsTag, ValuesAreNeitherNamesNorDirectives) {
  EXPECT_TRUE(tag("max-snippet: -1, nofollow").nofollow);
  EXPECT_TRUE(tag("max-image-preview:large, nofollow").nofollow);
  EXPECT_FALSE(tag("max-image-preview: none").noindex);
  EXPECT_FALSE(tag("wswp: max-image-preview: none").noindex);
  EXPECT_TRUE(tag("some-number: 3, nofollow").nofollow);
}

TEST(XRobotsTag, UnavailableAfterMeansNoindexThen) {
  EXPECT_TRUE(tag("unavailable_after: 25 Jun 2010 15:00:00 PST").noindex);
  EXPECT_TRUE(tag("Unavailable_After: Friday, 25-Jun-10 15:00:00 GMT, nofollow").noindex);
  EXPECT_TRUE(tag("unavailable_after: Friday, 25-Jun-10 15:00:00 GMT, nofollow").nofollow);
  EXPECT_TRUE(tag("unavailable_after: 2010-06-25T15:00:00+00:00").noindex);
  EXPECT_FALSE(tag("unavailable_after: 25 Jun 2110 15:00:00 PST").noindex);
  EXPECT_FALSE(tag("unavailable_after: never").noindex);
  EXPECT_TRUE(tag("wswp: unavailable_after: 25 Jun 2010 15:00:00 PST").noindex);
  EXPECT_FALSE(tag("otherbot: unavailable_after: 25 Jun 2010 15:00:00 PST").noindex);
}

TEST(HeaderScanner, PutsTheFieldsTogether) {
  const HeaderFindings findings = scan_header(
      {.link = "</c>; rel=canonical", .refresh = "5; url=/r", .x_robots_tag = "wswp: nofollow"}, "wswp", kNow);
  ASSERT_EQ(findings.links.size(), 2U);
  EXPECT_EQ(findings.links[0].href, "/c");
  EXPECT_EQ(findings.links[1].href, "/r");
  EXPECT_EQ(findings.links[1].kind, LinkKind::kRefresh);
  EXPECT_TRUE(findings.robots.nofollow);
  EXPECT_THAT(scan_header({}, "wswp", kNow).links, IsEmpty());
}

}  // namespace
}  // namespace wswp::html
