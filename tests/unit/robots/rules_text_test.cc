// The stored form of Rules.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "robots/rules.h"

namespace wswp::robots {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kLastingText =
    "User-agent: *\n"
    "Disallow: /\n"
    "Disallow: /a b\n"
    "Allow: /b*c$\n"
    "Allow: /b*c$\n"
    "Allow: /\xE3\x83\x84\n"
    "Crawl-delay: 0.1\n"
    "Sitemap: https://a.org/s.xml\n";

TEST(StoredRules, LookLikeThis) {
  EXPECT_EQ(Rules::parse(kLastingText, "foobot").serialize(),
            "2\n"
            "g star\n"
            "d 0.1\n"
            "s https://a.org/s.xml\n"
            "+6 /%E3%83%84\n"
            "-3 /a%20b\n"
            "+4 /b*c$\n"
            "-2 /\n");
  EXPECT_EQ(Rules::allow_all().serialize(), "2\n");
  EXPECT_EQ(Rules::disallow_all().serialize(), "2\n-0 /\n");
}

TEST(StoredRules, DecideAsTheTextDid) {
  const Rules rules = Rules::parse(kLastingText, "foobot");
  const auto restored = Rules::deserialize(rules.serialize());
  ASSERT_TRUE(restored) << restored.message();
  EXPECT_EQ(restored->serialize(), rules.serialize());
  EXPECT_EQ(restored->crawl_delay(), rules.crawl_delay());
  EXPECT_EQ(restored->sitemaps(), rules.sitemaps());
  EXPECT_EQ(restored->group(), GroupKind::kStar);
  for (const std::string_view path : {"/", "/a%20b", "/bxc", "/bxcd", "/%e3%83%84x", "/robots.txt"}) {
    EXPECT_EQ(restored->verdict(path).allowed, rules.verdict(path).allowed) << path;
    EXPECT_EQ(restored->verdict(path).line, rules.verdict(path).line) << path;
  }
}

TEST(StoredRules, OfVersionOneAreRead) {
  const auto restored = Rules::deserialize("1\nd 0.1\ns https://a.org/s.xml\n-2 /\n");
  ASSERT_TRUE(restored) << restored.message();
  EXPECT_FALSE(restored->verdict("/x").allowed);
  EXPECT_EQ(restored->group(), GroupKind::kNone);
}

TEST(StoredRules, SurviveHostileText) {
  std::string text = "User-agent: *\nSitemap: http://a\x01\x02 +1 /x\n";
  for (int c = 1; c < 256; ++c) text += std::string("Disallow: /") + static_cast<char>(c) + "-\n";
  const Rules rules = Rules::parse(text, "foobot");
  const auto restored = Rules::deserialize(rules.serialize());
  ASSERT_TRUE(restored) << restored.message();
  EXPECT_EQ(restored->serialize(), rules.serialize());
}

TEST(StoredRules, AnythingElseIsAnError) {
  for (const std::string_view text :
       {"", "3\n-0 /\n", "2\ng\n", "2\ng us\n", "1\n\n", "1\n-0\n", "1\n-0 x\n", "1\n-x /\n", "1\n--1 /\n", "1\n? /\n",
        "1\nd -1\n", "1\nd nan\n", "1\nd 1x\n", "1\nd 1e9\n", "1\n-99999999999 /\n"}) {
    EXPECT_FALSE(Rules::deserialize(text)) << text;
  }
  EXPECT_THAT(Rules::deserialize("7\n").message(), HasSubstr("version \"7\""));
  EXPECT_THAT(Rules::deserialize("1\n-0 x\n").message(), HasSubstr("-0 x"));
}

}  // namespace
}  // namespace wswp::robots
