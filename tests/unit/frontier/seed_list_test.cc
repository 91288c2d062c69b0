#include "frontier/seed_list.h"

#include <gtest/gtest.h>

namespace wswp::frontier {
namespace {

TEST(SeedList, GivesBackWhatWasAdded) {
  SeedList seeds;
  EXPECT_TRUE(seeds.empty());
  for (const char* url : {"http://a.example/", "https://b.example:8080/path?query", "http://[::1]/x"}) {
    seeds.add(url::parse(url).value());
  }
  ASSERT_EQ(seeds.size(), 3U);
  EXPECT_EQ(seeds.url(0), "http://a.example/");
  EXPECT_EQ(seeds.origin(0), "http://a.example");
  EXPECT_EQ(seeds.target(0), "/");
  EXPECT_EQ(seeds.origin(1), "https://b.example:8080");
  EXPECT_EQ(seeds.target(1), "/path?query");
  EXPECT_EQ(seeds.url(2), "http://[::1]/x");
  EXPECT_EQ(seeds.bytes(), seeds.url(0).size() + seeds.url(1).size() + seeds.url(2).size());
}

TEST(SeedList, BeginsAnewAfterClear) {
  SeedList seeds;
  seeds.add(url::parse("http://a.example/").value());
  seeds.clear();
  EXPECT_TRUE(seeds.empty());
  EXPECT_EQ(seeds.bytes(), 0U);
  seeds.add(url::parse("http://b.example/b").value());
  EXPECT_EQ(seeds.url(0), "http://b.example/b");
}

}  // namespace
}  // namespace wswp::frontier
