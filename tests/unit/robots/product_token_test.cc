#include "robots/product_token.h"

#include <gtest/gtest.h>

namespace wswp::robots {
namespace {

TEST(Rfc9309Section2_2_1, TheProductTokenIsWhatAUserAgentBeginsWith) {
  EXPECT_EQ(product_token("wswp/1.0 (+https://example.org/)"), "wswp");
  EXPECT_EQ(product_token("Foo_Bar-baz"), "Foo_Bar-baz");
  EXPECT_EQ(product_token("bot2"), "bot");
  EXPECT_EQ(product_token(""), "");
  EXPECT_EQ(product_token("/1.0"), "");
  EXPECT_EQ(product_token(" wswp"), "");
  EXPECT_EQ(product_token("\xE3\x83\x84"), "");
}

TEST(Rfc9309Section2_2_1, ACrawlerThatPresentsItselfAsABrowserIsKnownByItsOwnName) {
  EXPECT_EQ(product_token("Mozilla/5.0 (compatible; MyBot/2.1; +https://example.org/bot)"), "MyBot");
  EXPECT_EQ(product_token("Mozilla/5.0 (compatible;my-bot)"), "my-bot");
  EXPECT_EQ(product_token("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101"), "Mozilla");
  EXPECT_EQ(product_token("Mozilla/5.0 (compatible; )"), "Mozilla");
  EXPECT_EQ(product_token("Mozilla/5.0"), "Mozilla");
  EXPECT_EQ(product_token("wswp/1.0 (compatible; x/1)"), "wswp");
}

TEST(Rfc9309Section2_2_1, AStarNamesEveryone) {
  EXPECT_TRUE(names_everyone("*"));
  EXPECT_TRUE(names_everyone("* # all"));
  EXPECT_FALSE(names_everyone("*bot"));
  EXPECT_FALSE(names_everyone(""));
}

TEST(Rfc9309Section2_2_1, OnlyTheWholeTokenNamesACrawler) {
  EXPECT_TRUE(names_token("wswp", "WSWP"));
  EXPECT_TRUE(names_token("wswp/1.0", "wswp"));
  EXPECT_TRUE(names_token("wswp bot", "wswp"));
  EXPECT_FALSE(names_token("wsw", "wswp"));
  EXPECT_FALSE(names_token("wswp-news", "wswp"));
  EXPECT_FALSE(names_token("*", "wswp"));
  EXPECT_FALSE(names_token("", ""));
}

}  // namespace
}  // namespace wswp::robots
