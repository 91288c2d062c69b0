#include "net/name_cache.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace wswp::net {
namespace {

const std::vector<IpAddress> kTwo{*IpAddress::parse("2001:db8::1"), *IpAddress::parse("192.0.2.1")};

std::vector<IpAddress> known(const NameCache& cache, const std::string& name, MonoMs now) {
  const auto found = cache.find(name, now);
  return found ? std::vector<IpAddress>(found->begin(), found->end()) : std::vector<IpAddress>{};
}

TEST(NameCache, AnEntryHoldsUntilItsTime) {
  NameCache cache(10);
  EXPECT_FALSE(cache.find("a.example", 0));
  cache.put("a.example", kTwo, 100);
  EXPECT_EQ(known(cache, "a.example", 99), kTwo);
  EXPECT_FALSE(cache.find("a.example", 100));
}

TEST(NameCache, ThatANameHasNoAddressIsKnowledgeToo) {
  NameCache cache(10);
  cache.put("a.example", {}, 100);
  ASSERT_TRUE(cache.find("a.example", 0));
  EXPECT_TRUE(cache.find("a.example", 0)->empty());
}

TEST(NameCache, WhatIsNewTakesThePlaceOfWhatWas) {
  NameCache cache(10);
  cache.put("a.example", {}, 100);
  cache.put("a.example", kTwo, 200);
  EXPECT_EQ(known(cache, "a.example", 150), kTwo);
}

TEST(NameCache, TheFirstAreForgottenFirst) {
  NameCache cache(100);
  const auto name = [](int number) { return "a-name-too-long-to-lie-in-a-string-itself-" + std::to_string(number); };
  for (int i = 0; i < 1'000; ++i) cache.put(name(i), kTwo, 100);
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(cache.find(name(i), 0).has_value(), i >= 900) << i;
}

}  // namespace
}  // namespace wswp::net
