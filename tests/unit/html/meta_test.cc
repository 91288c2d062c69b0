#include "html/meta.h"

#include <gtest/gtest.h>

namespace wswp::html {
namespace {

TEST(ParseRefresh, Forms) {
  EXPECT_EQ(parse_refresh("0;url=/a"), "/a");
  EXPECT_EQ(parse_refresh(" 5.5 , URL = 'a b' c"), "a b");
  EXPECT_EQ(parse_refresh("1 /a"), "/a");
  EXPECT_EQ(parse_refresh("1;urls"), "urls");
  EXPECT_EQ(parse_refresh(".;url=\"x"), "x");
}

TEST(ParseRefresh, WithoutUrlOrTime) {
  EXPECT_EQ(parse_refresh("5"), std::nullopt);
  EXPECT_EQ(parse_refresh("5;"), std::nullopt);
  EXPECT_EQ(parse_refresh("5; url="), std::nullopt);
  EXPECT_EQ(parse_refresh("url=/a"), std::nullopt);
  EXPECT_EQ(parse_refresh("5x;url=/a"), std::nullopt);
  EXPECT_EQ(parse_refresh(""), std::nullopt);
}

TEST(ParseRobotsDirectives, Words) {
  EXPECT_TRUE(parse_robots_directives("index,NOFOLLOW").nofollow);
  EXPECT_FALSE(parse_robots_directives("index,NOFOLLOW").noindex);
  EXPECT_TRUE(parse_robots_directives(" none ").noindex);
  EXPECT_FALSE(parse_robots_directives("nofollower, max-snippet:-1").nofollow);
}

TEST(ParseRobotsDirectives, OtherSeparatorsThanCommas) {
  EXPECT_TRUE(parse_robots_directives("noindex nofollow").nofollow);
  EXPECT_TRUE(parse_robots_directives("noindex;NoFollow").nofollow);
  EXPECT_TRUE(parse_robots_directives("noindex\n\tnone").noindex);
}

TEST(ParseRobotsDirectives, ValuesAreNoDirectives) {
  for (const std::string_view content : {"max-image-preview:none", "max-image-preview: none",
                                         "max-image-preview : none", "max-image-preview:\nnone, max-snippet: -1"}) {
    EXPECT_FALSE(parse_robots_directives(content).noindex) << content;
  }
  EXPECT_TRUE(parse_robots_directives("max-image-preview: none, none").noindex);
}

TEST(LinkKindOfRel, WordsAndTheirOrder) {
  EXPECT_EQ(link_kind("next canonical"), LinkKind::kCanonical);
  EXPECT_EQ(link_kind("Previous"), LinkKind::kPrev);
  EXPECT_EQ(link_kind("alternate"), LinkKind::kAlternate);
  EXPECT_EQ(link_kind("alternate stylesheet"), std::nullopt);
  EXPECT_EQ(link_kind("preload"), std::nullopt);
  EXPECT_EQ(link_kind(""), std::nullopt);
}

}  // namespace
}  // namespace wswp::html
