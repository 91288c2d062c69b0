#include "robots/explain.h"

#include <gtest/gtest.h>

#include <string_view>

namespace wswp::robots {
namespace {

constexpr std::string_view kExplainedText =
    "# of a.org\r\n"
    "User-agent: *\r\n"
    "Disallow: /a b  # no blanks\r\n"
    "Disallow: /private\r\n"
    "\r\n"
    "User-agent: foobot\r\n"
    "User-agent: barbot\r\n"
    "  Allow: /x/y\r\n"
    "disallow /x\r\n";

TEST(Explain, GivesTheDecidingLineAsItStands) {
  const Explanation forbidden = explain(kExplainedText, "other", "/a%20b/c");
  EXPECT_FALSE(forbidden.allowed);
  EXPECT_EQ(forbidden.group, GroupKind::kStar);
  EXPECT_EQ(forbidden.rule.number, 3U);
  EXPECT_EQ(forbidden.rule.text, "Disallow: /a b  # no blanks");
  EXPECT_EQ(forbidden.user_agent.number, 2U);
  EXPECT_EQ(forbidden.user_agent.text, "User-agent: *");
}

TEST(Explain, GivesTheLineThatMakesTheGroupOurs) {
  const Explanation allowed = explain(kExplainedText, "FooBot", "/x/y/z");
  EXPECT_TRUE(allowed.allowed);
  EXPECT_EQ(allowed.group, GroupKind::kOwn);
  EXPECT_EQ(allowed.user_agent.text, "User-agent: foobot");
  EXPECT_EQ(allowed.rule.number, 8U);
  EXPECT_EQ(allowed.rule.text, "Allow: /x/y");
  EXPECT_EQ(explain(kExplainedText, "foobot", "/x").rule.text, "disallow /x");
}

TEST(Explain, NamesNoLineWhereNoneDecides) {
  const Explanation other_path = explain(kExplainedText, "foobot", "/private");
  EXPECT_TRUE(other_path.allowed);
  EXPECT_EQ(other_path.group, GroupKind::kOwn);
  EXPECT_EQ(other_path.rule.number, 0U);
  EXPECT_EQ(other_path.user_agent.number, 0U);
  EXPECT_EQ(explain("", "foobot", "/").group, GroupKind::kNone);
  EXPECT_TRUE(explain("User-agent: *\nDisallow: /\n", "foobot", "/robots.txt").allowed);
}

}  // namespace
}  // namespace wswp::robots
