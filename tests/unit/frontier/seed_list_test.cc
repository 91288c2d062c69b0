#include "frontier/seed_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "frontier/host_directory.h"

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

TEST(SeedList, OrdersItsSeedsByKey) {
  SeedList seeds;
  using Order = std::vector<std::pair<std::int64_t, std::size_t>>;
  const auto order = [&] {
    Order given;
    for (const KeyedSeed& seed : seeds.in_key_order()) given.emplace_back(seed.key, seed.index);
    return given;
  };
  const auto expected = [&] {
    Order sorted;
    for (std::size_t i = 0; i < seeds.size(); ++i) sorted.emplace_back(host_key(seeds.origin(i)), i);
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  };
  EXPECT_TRUE(order().empty());
  for (const char* url : {"http://c.example/", "http://a.example/", "http://b.example/", "http://a.example/x"}) {
    seeds.add(url::parse(url).value());
  }
  EXPECT_EQ(order(), expected());
  seeds.add(url::parse("http://d.example/").value());
  EXPECT_EQ(order(), expected()) << "also of what comes later";
  seeds.clear();
  EXPECT_TRUE(order().empty());
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
