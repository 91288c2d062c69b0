#include "base/http_date.h"

#include <gtest/gtest.h>

namespace wswp {
namespace {

constexpr WallMs kNow = 1'700'000'000'000;  // 2023-11-14
constexpr WallMs kExample = 784'111'777'000;
constexpr WallMs kExampleDay = 784'080'000'000;

TEST(HttpDate, Rfc9110Section5_6_7) {
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", kNow), kExample);
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", kNow), kExample);
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994", kNow), kExample);
}

TEST(HttpDate, WhatPeopleWriteInstead) {
  EXPECT_EQ(parse_http_date("6 November 1994 08:49:37 +0000", kNow), kExample);
  EXPECT_EQ(parse_http_date("06-nov-1994 08:49:37 PST", kNow), kExample);
  EXPECT_EQ(parse_http_date("1994-11-06T08:49:37Z", kNow), kExample);
  EXPECT_EQ(parse_http_date("1994-11-06T08:49:37.25+01:00", kNow), kExample);
  EXPECT_EQ(parse_http_date("1994-11-06 08:49:37", kNow), kExample);
  EXPECT_EQ(parse_http_date("1994-11-06", kNow), kExampleDay);
  EXPECT_EQ(parse_http_date("06 Nov 1994", kNow), kExampleDay);
  EXPECT_EQ(parse_http_date("Nov 06, 1994", kNow), kExampleDay);
}

TEST(HttpDate, AYearOfTwoDigitsIsLessThanFiftyYearsAhead) {
  EXPECT_EQ(parse_http_date("01-Jan-72 00:00:00 GMT", kNow), parse_http_date("01 Jan 2072", kNow));
  EXPECT_EQ(parse_http_date("01-Jan-73 00:00:00 GMT", kNow), parse_http_date("01 Jan 1973", kNow));
  EXPECT_EQ(parse_http_date("01-Jan-00 00:00:00 GMT", kNow), parse_http_date("01 Jan 2000", kNow));
}

TEST(HttpDate, AnythingElseIsNone) {
  for (const char* text : {"", "0", "-1", "now", "32 Jan 2000", "29 Feb 2001", "2000-13-01", "3600", "Sun, 06 Nov",
                           "12:00:00", "1 Jan 99999", "01 Jan 1969", "-", ":", "T", "1T:"}) {
    EXPECT_FALSE(parse_http_date(text, kNow)) << text;
  }
  EXPECT_EQ(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT", kNow), 0);
}

}  // namespace
}  // namespace wswp
