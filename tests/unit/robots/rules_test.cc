// Names cite the section of RFC 9309 that a test stands for, or "Google" for what
// https://developers.google.com/search/docs/crawling-indexing/robots/robots_txt adds.

#include "robots/rules.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace wswp::robots {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

bool allowed(std::string_view robots_txt, std::string_view path, std::string_view token = "foobot") {
  return Rules::parse(robots_txt, token).verdict(path).allowed;
}

constexpr std::string_view kRulesForAll = "User-agent: *\n";

/// Everything is disallowed but what `pattern` allows.
bool allow_line_matches(std::string_view pattern, std::string_view path) {
  return allowed(fmt::format("{}Disallow: /\nAllow: {}\n", kRulesForAll, pattern), path);
}

// --- Groups

TEST(Rfc9309Section2_1, RulesOutsideGroupsAreIgnored) {
  constexpr std::string_view kText = "Disallow: /early\nUser-agent: foobot\nDisallow: /x\n";
  EXPECT_TRUE(allowed(kText, "/early"));
  EXPECT_FALSE(allowed(kText, "/x"));
}

TEST(Rfc9309Section2_1, SeveralUserAgentLinesFormOneGroup) {
  constexpr std::string_view kText = "User-agent: a\nUser-agent: foobot\n\n# comment\nUser-agent: b\nDisallow: /x\n";
  EXPECT_FALSE(allowed(kText, "/x", "a"));
  EXPECT_FALSE(allowed(kText, "/x", "foobot"));
  EXPECT_FALSE(allowed(kText, "/x", "b"));
  EXPECT_TRUE(allowed(kText, "/x", "c"));
}

TEST(Rfc9309Section2_1, AUserAgentLineAfterARuleBeginsAnotherGroup) {
  constexpr std::string_view kText = "User-agent: a\nDisallow: /a\nUser-agent: b\nDisallow: /b\n";
  EXPECT_TRUE(allowed(kText, "/b", "a"));
  EXPECT_TRUE(allowed(kText, "/a", "b"));
  EXPECT_FALSE(allowed(kText, "/a", "a"));
}

TEST(Rfc9309Section2_1, FieldNamesIgnoreCase) {
  EXPECT_FALSE(allowed("USER-AGENT: foobot\nDISALLOW: /\nAlLoW: /x\n", "/y"));
  EXPECT_TRUE(allowed("uSeR-aGeNt: foobot\ndIsAlLoW: /\nALLOW: /x\n", "/x"));
}

TEST(Rfc9309Section2_2_1, TokensIgnoreCase) {
  EXPECT_FALSE(allowed("User-agent: FooBot\nDisallow: /\n", "/", "fOObOT"));
}

TEST(Rfc9309Section2_2_1, GroupsOfTheSameTokenAreMerged) {
  constexpr std::string_view kText =
      "User-agent: foobot\nDisallow: /a\nUser-agent: other\nDisallow: /o\nUser-agent: FOOBOT\nDisallow: /b\n";
  EXPECT_FALSE(allowed(kText, "/a"));
  EXPECT_FALSE(allowed(kText, "/b"));
  EXPECT_TRUE(allowed(kText, "/o"));
}

TEST(Rfc9309Section2_2_1, TheGroupOfTheStarIsTheFallBackOnly) {
  constexpr std::string_view kText = "User-agent: *\nDisallow: /star\nUser-agent: foobot\nDisallow: /foo\n";
  EXPECT_TRUE(allowed(kText, "/star"));
  EXPECT_FALSE(allowed(kText, "/foo"));
  EXPECT_FALSE(allowed(kText, "/star", "other"));
  EXPECT_TRUE(allowed(kText, "/foo", "other"));
}

TEST(Rfc9309Section2_2_1, AnEmptyGroupOfItsOwnStillHidesTheStar) {
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: /\nUser-agent: foobot\nDisallow:\n", "/x"));
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: /\nUser-agent: foobot\n", "/x"));
}

TEST(Rfc9309Section2_2_1, GroupsOfTheStarAreMerged) {
  constexpr std::string_view kText =
      "User-agent: *\nDisallow: /a\nUser-agent: b\nDisallow: /\nUser-agent: *\nDisallow: /c";
  EXPECT_FALSE(allowed(kText, "/a"));
  EXPECT_FALSE(allowed(kText, "/c"));
  EXPECT_TRUE(allowed(kText, "/d"));
}

TEST(Rfc9309Section2_2_1, WithoutAnyGroupThatAppliesAllIsAllowed) {
  EXPECT_TRUE(allowed("", "/x"));
  EXPECT_TRUE(allowed("User-agent: other\nDisallow: /\n", "/x"));
}

TEST(Rfc9309Section2_2_1, ATokenIsMatchedAsAWholeNotAsAPrefix) {
  EXPECT_TRUE(allowed("User-agent: foo\nDisallow: /\n", "/x"));
  EXPECT_TRUE(allowed("User-agent: foobot-news\nDisallow: /\n", "/x"));
}

TEST(Google, WhatFollowsTheTokenOfAUserAgentLineIsIgnored) {
  EXPECT_FALSE(allowed("User-agent: foobot/2.1\nDisallow: /\n", "/x"));
  EXPECT_FALSE(allowed("User-agent: foobot images\nDisallow: /\n", "/x"));
  EXPECT_FALSE(allowed("User-agent: * and all others\nDisallow: /\n", "/x"));
  EXPECT_TRUE(allowed("User-agent: *bot\nDisallow: /\n", "/x"));
}

TEST(Rfc9309Section2_2_4, OtherRecordsDoNotEndAGroup) {
  constexpr std::string_view kText =
      "User-agent: a\nSitemap: https://x.org/s.xml\nHost: x.org\nCrawl-delay: 3\n\nUser-agent: b\nDisallow: /x\n";
  EXPECT_FALSE(allowed(kText, "/x", "a"));
  EXPECT_FALSE(allowed(kText, "/x", "b"));
}

// --- Which rule decides

TEST(Rfc9309Section2_2_2, TheLongestMatchDecides) {
  constexpr std::string_view kText = "User-agent: *\nDisallow: /x/page.html\nAllow: /x/\nDisallow: /\n";
  EXPECT_FALSE(allowed(kText, "/x/page.html"));
  EXPECT_TRUE(allowed(kText, "/x/other.html"));
  EXPECT_FALSE(allowed(kText, "/y"));
}

TEST(Rfc9309Section2_2_2, AllowWinsTies) {
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: /x\nAllow: /x\n", "/x"));
  EXPECT_TRUE(allowed("User-agent: *\nAllow: /x\nDisallow: /x\n", "/x"));
}

TEST(Rfc9309Section2_2_2, EmptyPatternsMatchNothing) {
  EXPECT_TRUE(allowed("User-agent: *\nDisallow:\n", "/x"));
  EXPECT_FALSE(allowed("User-agent: *\nDisallow: /\nAllow:\n", "/x"));
}

TEST(Rfc9309Section2_2_2, RobotsTxtItselfIsAlwaysAllowed) {
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: /\n", "/robots.txt"));
  EXPECT_TRUE(Rules::disallow_all().verdict("/robots.txt").allowed);
}

TEST(Rfc9309Section2_2_2, PathsAreCaseSensitive) {
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: /x/\n", "/X/y"));
}

TEST(Rfc9309Section2_2_2, PatternsThatBeginNeitherWithASlashNorAStarAreIgnored) {
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: x\nDisallow: http://a.org/x\n", "/x"));
  EXPECT_FALSE(allowed("User-agent: *\nDisallow: *x\n", "/ax"));
}

TEST(Rfc9309Section5_1, SimpleExample) {
  constexpr std::string_view kText =
      "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n"
      "User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n"
      "User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\n"
      "User-Agent: quxbot\n\nEOF";
  EXPECT_FALSE(allowed(kText, "/a.gif", "other"));
  EXPECT_TRUE(allowed(kText, "/a.gif?x", "other"));
  EXPECT_TRUE(allowed(kText, "/publications/", "other"));
  EXPECT_FALSE(allowed(kText, "/", "foobot"));
  EXPECT_TRUE(allowed(kText, "/example/allowed.gif", "foobot"));
  EXPECT_FALSE(allowed(kText, "/example/page.html", "bazbot"));
  EXPECT_TRUE(allowed(kText, "/example/", "barbot"));
  EXPECT_TRUE(allowed(kText, "/example/page.html", "quxbot"));
}

TEST(Rfc9309Section5_2, LongestMatchExample) {
  constexpr std::string_view kText =
      "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n";
  EXPECT_FALSE(allowed(kText, "/example/page/disallowed.gif"));
  EXPECT_TRUE(allowed(kText, "/example/page/"));
}

TEST(Google, OrderOfPrecedenceTable) {
  EXPECT_TRUE(allowed("User-agent: *\nallow: /p\ndisallow: /\n", "/page"));
  EXPECT_TRUE(allowed("User-agent: *\nallow: /folder\ndisallow: /folder\n", "/folder/page"));
  EXPECT_FALSE(allowed("User-agent: *\nallow: /page\ndisallow: /*.htm\n", "/page.htm"));
  EXPECT_TRUE(allowed("User-agent: *\nallow: /page\ndisallow: /*.ph\n", "/page.php5"));
  EXPECT_TRUE(allowed("User-agent: *\nallow: /$\ndisallow: /\n", "/"));
  EXPECT_FALSE(allowed("User-agent: *\nallow: /$\ndisallow: /\n", "/page.htm"));
}

TEST(Google, UrlMatchingTable) {
  EXPECT_TRUE(allow_line_matches("/*", "/anything"));
  for (const std::string_view pattern : {"/fish", "/fish*"}) {
    EXPECT_TRUE(allow_line_matches(pattern, "/fish.html"));
    EXPECT_TRUE(allow_line_matches(pattern, "/fishheads/yummy.html"));
    EXPECT_TRUE(allow_line_matches(pattern, "/fish.php?id=anything"));
    EXPECT_FALSE(allow_line_matches(pattern, "/Fish.asp"));
    EXPECT_FALSE(allow_line_matches(pattern, "/?id=fish"));
  }
  EXPECT_TRUE(allow_line_matches("/fish/", "/fish/?id=anything"));
  EXPECT_FALSE(allow_line_matches("/fish/", "/fish"));
  EXPECT_TRUE(allow_line_matches("/*.php", "/index?f=filename.php/"));
  EXPECT_FALSE(allow_line_matches("/*.php", "/windows.PHP"));
  EXPECT_TRUE(allow_line_matches("/*.php$", "/folder/filename.php"));
  EXPECT_FALSE(allow_line_matches("/*.php$", "/filename.php?parameters"));
  EXPECT_FALSE(allow_line_matches("/*.php$", "/filename.php5"));
  EXPECT_TRUE(allow_line_matches("/fish*.php", "/fishheads/catfish.php?parameters"));
  EXPECT_FALSE(allow_line_matches("/fish*.php", "/Fish.PHP"));
}

TEST(Verdict, NamesTheLineThatDecided) {
  const Rules rules = Rules::parse("\r\n# rules\r\nUser-agent: *\r\nDisallow: /a\r\nAllow: /a/b\r\n", "foobot");
  const Verdict denied = rules.verdict("/a/x");
  EXPECT_FALSE(denied.allowed);
  EXPECT_EQ(denied.rule, "/a");
  EXPECT_EQ(denied.line, 4U);
  const Verdict granted = rules.verdict("/a/b");
  EXPECT_TRUE(granted.allowed);
  EXPECT_EQ(granted.rule, "/a/b");
  EXPECT_EQ(granted.line, 5U);
  EXPECT_EQ(rules.verdict("/z").rule, "");
  EXPECT_EQ(rules.verdict("/z").line, 0U);
}

// --- Text

TEST(Rfc9309Section2_3, AByteOrderMarkIsSkipped) {
  EXPECT_FALSE(allowed("\xEF\xBB\xBFUser-agent: *\nDisallow: /\n", "/x"));
  EXPECT_TRUE(
      allowed("User-agent: *\n\xEF\xBB\xBF"
              "Disallow: /\n",
              "/x"))
      << "it is one at the beginning only";
}

TEST(Google, WhatIsLeftOfAByteOrderMarkIsSkipped) {
  EXPECT_FALSE(allowed("\xEF\xBBUser-agent: *\nDisallow: /\n", "/x"));
  EXPECT_FALSE(allowed("\xEFUser-agent: *\nDisallow: /\n", "/x"));
  EXPECT_TRUE(allowed("\xEF\x11\xBFUser-agent: *\nDisallow: /\n", "/x"));
}

TEST(Rfc9309Section2_2, AnyLineEndsAndNoneAtTheEnd) {
  for (const std::string_view text : {"User-agent: *\nDisallow: /x", "User-agent: *\rDisallow: /x\r",
                                      "User-agent: *\r\nDisallow: /x\r\n", "User-agent: *\n\rDisallow: /x\n\n"}) {
    EXPECT_FALSE(allowed(text, "/x")) << text;
  }
}

TEST(Rfc9309Section2_2, LinesAreNumberedWhateverTheirEnds) {
  EXPECT_EQ(Rules::parse("#\r\n\r\nUser-agent: *\r\nDisallow: /x", "a").verdict("/x").line, 4U);
  EXPECT_EQ(Rules::parse("#\r\rUser-agent: *\rDisallow: /x", "a").verdict("/x").line, 4U);
}

TEST(Rfc9309Section2_2_3, CommentsEndALine) {
  constexpr std::string_view kText = "User-agent: * # all\n# Disallow: /\nDisallow: /x#y\n";
  EXPECT_FALSE(allowed(kText, "/x"));
  EXPECT_TRUE(allowed(kText, "/z"));
}

TEST(Rfc9309Section2_2, BlanksAroundNamesAndValuesDoNotMatter) {
  EXPECT_FALSE(allowed(" \tUser-agent\t :\t* \t\n  Disallow:/x \n", "/x"));
}

TEST(Rfc9309Section2_4, JunkIsSkipped) {
  constexpr std::string_view kText = "<html>\n\x01\xff:\n:\n: /\nnonsense\nUser-agent: *\n<b>\nDisallow: /x\n\n{]\n";
  EXPECT_FALSE(allowed(kText, "/x"));
  EXPECT_TRUE(allowed(std::string_view("User-agent: *\nDisallow\0: /x\n", 28), "/y"));
}

TEST(Google, CommonMisspellingsAreUnderstood) {
  for (const std::string_view name : {"Disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"}) {
    EXPECT_FALSE(allowed("User-agent: *\n" + std::string(name) + ": /\n", "/x")) << name;
  }
  for (const std::string_view name : {"useragent", "user agent", "User-Agent"}) {
    EXPECT_FALSE(allowed(std::string(name) + ": foobot\nDisallow: /\n", "/x")) << name;
  }
}

TEST(Google, AForgottenColonIsUnderstoodBetweenTwoWords) {
  EXPECT_FALSE(allowed("user-agent foobot\ndisallow \t /\n", "/x"));
  EXPECT_TRUE(allowed("user-agent foobot\ndisallow / and more\n", "/x"));
}

TEST(Rfc9309Section2_5, TextBeyondTheLimitIsNotRead) {
  std::string text = "User-agent: *\nDisallow: /first\n";
  text.append(kMaxTextBytes - text.size() - 12, '#');
  text += "\nDisallow: /cut-in-the-middle\nDisallow: /beyond\n";
  EXPECT_FALSE(allowed(text, "/first"));
  EXPECT_TRUE(allowed(text, "/cut-in-the-middle"));
  EXPECT_TRUE(allowed(text, "/")) << "the beginning of a cut line must not count";
  EXPECT_TRUE(allowed(text, "/beyond"));
}

TEST(Rfc9309Section2_5, ALineThatEndsAtTheLimitIsRead) {
  const std::string last = "\nDisallow: /last";
  std::string text = "User-agent: *\n";
  text.append(kMaxTextBytes - text.size() - last.size(), '#');
  text += last;
  EXPECT_FALSE(allowed(text, "/last"));
  EXPECT_FALSE(allowed(text + "\nDisallow: /beyond\n", "/last"));
  EXPECT_TRUE(allowed(text + "er", "/laster"));
  EXPECT_TRUE(allowed(text + "\nDisallow: /beyond\n", "/beyond"));
}

// --- What is not in the RFC

TEST(CrawlDelay, IsThatOfTheGroup) {
  constexpr std::string_view kText =
      "User-agent: *\nCrawl-delay: 10\nDisallow: /a\nUser-agent: foobot\nCrawl-delay: 2.5\n";
  EXPECT_EQ(Rules::parse(kText, "foobot").crawl_delay(), 2.5);
  EXPECT_EQ(Rules::parse(kText, "other").crawl_delay(), 10);
  EXPECT_EQ(Rules::parse("Crawl-delay: 3\nUser-agent: *\nDisallow: /\n", "other").crawl_delay(), std::nullopt);
  EXPECT_EQ(Rules::parse("User-agent: *\nCrawl-delay: 10\nDisallow: /\nUser-agent: foobot\nAllow: /\n", "foobot")
                .crawl_delay(),
            std::nullopt);
}

TEST(CrawlDelay, TheLargestCountsAndNonsenseDoesNot) {
  const auto delay = [](std::string_view values) {
    std::string text = "User-agent: *\n";
    for (std::size_t i = 0; i < values.size();) {
      const std::size_t end = std::min(values.find('|', i), values.size());
      text += "Crawl-delay: " + std::string(values.substr(i, end - i)) + "\n";
      i = end + 1;
    }
    return Rules::parse(text, "foobot").crawl_delay();
  };
  EXPECT_EQ(delay("1|7|3"), 7);
  EXPECT_EQ(delay("0"), 0);
  EXPECT_EQ(delay("5 seconds|10s"), 10);
  EXPECT_EQ(delay("-1|nan|inf|-0.0|abc||1e999"), std::nullopt);
  EXPECT_EQ(delay("-1|2"), 2);
  EXPECT_EQ(delay("1e9"), kMaxCrawlDelay);
}

TEST(Google, SitemapsAreThoseOfTheWholeFile) {
  constexpr std::string_view kText =
      "Sitemap: https://a.org/1.xml\nUser-agent: other\nDisallow: /\nsitemap:https://a.org/2.xml\nSITEMAP: \n"
      "Site-map: https://a.org/1.xml\n";
  EXPECT_THAT(Rules::parse(kText, "foobot").sitemaps(), ElementsAre("https://a.org/1.xml", "https://a.org/2.xml"));
}

TEST(Google, SitemapsAreKeptOnceAndNotWithoutEnd) {
  std::string text = "Sitemap: https://a.org/same\nSitemap: https://a.org/same\nSitemap: https://a.org/" +
                     std::string(kMaxSitemapBytes, 'x') + "\n";
  for (std::size_t i = 0; i < 2 * kMaxSitemaps; ++i) text += "Sitemap: https://a.org/" + std::to_string(i) + "\n";
  const std::vector<std::string> sitemaps = Rules::parse(text, "foobot").sitemaps();
  ASSERT_EQ(sitemaps.size(), kMaxSitemaps);
  EXPECT_EQ(sitemaps[0], "https://a.org/same");
  EXPECT_EQ(sitemaps[1], "https://a.org/0");
}

TEST(Google, SitemapsAreAbsoluteUrlsOfAnyHost) {
  constexpr std::string_view kText =
      "Sitemap: /s.xml\nSitemap: s.xml\nSitemap: ftp://a.org/s\nSitemap: HTTP://b.org/s?a=1,2\nSitemap: //c.org/s\n";
  EXPECT_THAT(Rules::parse(kText, "foobot").sitemaps(), ElementsAre("HTTP://b.org/s?a=1,2"));
}

TEST(Rfc9309Section2_2_1, RulesSayWhoseTheyAre) {
  constexpr std::string_view kText = "User-agent: *\nDisallow: /a\nUser-agent: foobot\nDisallow:\n";
  EXPECT_EQ(Rules::parse(kText, "foobot").group(), GroupKind::kOwn);
  EXPECT_EQ(Rules::parse(kText, "other").group(), GroupKind::kStar);
  EXPECT_EQ(Rules::parse("User-agent: foobot\nDisallow: /\n", "other").group(), GroupKind::kNone);
}

TEST(Rules, AreTrivialWhereNothingNeedBeStored) {
  EXPECT_TRUE(Rules::allow_all().trivial());
  EXPECT_TRUE(Rules::parse("", "foobot").trivial());
  EXPECT_TRUE(Rules::parse("User-agent: *\nDisallow:\nAllow: /\n", "foobot").trivial());
  EXPECT_FALSE(Rules::disallow_all().trivial());
  EXPECT_FALSE(Rules::parse("User-agent: *\nDisallow: /x\n", "foobot").trivial());
  EXPECT_FALSE(Rules::parse("User-agent: *\nCrawl-delay: 1\n", "foobot").trivial());
  EXPECT_FALSE(Rules::parse("Sitemap: https://a.org/\n", "foobot").trivial());
}

TEST(Rfc9309Section2_3_1, AllAllowedAndAllDisallowed) {
  EXPECT_TRUE(Rules::allow_all().verdict("/x").allowed);
  EXPECT_FALSE(Rules::disallow_all().verdict("/x").allowed);
  EXPECT_FALSE(Rules::disallow_all().verdict("/").allowed);
}

}  // namespace
}  // namespace wswp::robots
