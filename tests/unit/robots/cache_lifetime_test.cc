#include "robots/cache_lifetime.h"

#include <gtest/gtest.h>

namespace wswp::robots {
namespace {

constexpr WallMs kNow = 1'700'000'000'000;
constexpr std::string_view kNowText = "Tue, 14 Nov 2023 22:13:20 GMT";
constexpr std::string_view kInAnHour = "Tue, 14 Nov 2023 23:13:20 GMT";

std::optional<std::int64_t> lifetime(const CacheFields& fields) {
  return cache_lifetime_s(fields, kNow);
}

std::optional<std::int64_t> lifetime(std::string_view cache_control) {
  return lifetime(CacheFields{.cache_control = cache_control});
}

TEST(Rfc9111Section5_2_2, CacheControlDirectives) {
  EXPECT_EQ(lifetime(""), std::nullopt);
  EXPECT_EQ(lifetime("private, must-revalidate"), std::nullopt);
  EXPECT_EQ(lifetime("public ,\tMAX-AGE=60"), 60);
  EXPECT_EQ(lifetime("max-age=\"60\""), 60);
  EXPECT_EQ(lifetime("max-age=60, max-age=90"), 60);
  EXPECT_EQ(lifetime("max-age=60, no-cache"), 0);
  EXPECT_EQ(lifetime("No-Store"), 0);
  EXPECT_EQ(lifetime("max-age=abc, max-age=-1,,"), std::nullopt);
  EXPECT_EQ(lifetime("s-maxage=5, x-max-age=7, max-age"), std::nullopt);
  EXPECT_EQ(lifetime("max-age=99999999999999999999999"), std::int64_t{1} << 31U);
}

TEST(Rfc9111Section5_2_2, ArgumentsAreReadAsWhole) {
  EXPECT_EQ(lifetime("no-cache=\"set-cookie\", max-age=60"), 60);
  EXPECT_EQ(lifetime("private=\"a, max-age=5\", max-age=60"), 60);
  EXPECT_EQ(lifetime("x=\"a\\\", no-store, \", max-age=60"), 60);
  EXPECT_EQ(lifetime("no-store-at-all, no-cached, max-age=60"), 60);
  EXPECT_EQ(lifetime("x=\"\\"), std::nullopt);
}

TEST(Rfc9111Section5_3, ExpiresCountsFromDate) {
  EXPECT_EQ(lifetime({.expires = kInAnHour}), 3600);
  EXPECT_EQ(lifetime({.expires = kInAnHour, .date = "Tue, 14 Nov 2023 23:03:20 GMT"}), 600);
  EXPECT_EQ(lifetime({.expires = kInAnHour, .date = "yesterday"}), 3600);
  EXPECT_EQ(lifetime({.expires = kNowText}), 0);
  EXPECT_EQ(lifetime({.expires = "Thu, 01 Jan 1970 00:00:00 GMT"}), 0);
}

TEST(Rfc9111Section5_3, AnInvalidExpiresIsInThePast) {
  EXPECT_EQ(lifetime({.expires = "0"}), 0);
  EXPECT_EQ(lifetime({.expires = "-1"}), 0);
}

TEST(Rfc9111Section5_3, MaxAgeBeatsExpires) {
  EXPECT_EQ(lifetime({.cache_control = "max-age=5", .expires = kInAnHour}), 5);
  EXPECT_EQ(lifetime({.cache_control = "public", .expires = kInAnHour}), 3600);
}

TEST(Rfc9111Section4_2_3, TheAgeIsTakenOff) {
  EXPECT_EQ(lifetime({.cache_control = "max-age=60", .age = "20"}), 40);
  EXPECT_EQ(lifetime({.cache_control = "max-age=60", .age = "90"}), 0);
  EXPECT_EQ(lifetime({.cache_control = "max-age=60", .age = "old"}), 60);
  EXPECT_EQ(lifetime({.age = "20"}), std::nullopt);
}

}  // namespace
}  // namespace wswp::robots
