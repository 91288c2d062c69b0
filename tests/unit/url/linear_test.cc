// What strangers write takes time in proportion to its length: texts so long that with the square of it no test would
// end.

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "url/far_date.h"
#include "url/path.h"
#include "url/session_id.h"
#include "url/url.h"

namespace wswp::url {
namespace {

constexpr std::size_t kLong = std::size_t{8} << 20U;

std::string repeated(std::string_view text, std::size_t size) {
  std::string out;
  out.reserve(size + text.size());
  while (out.size() < size) out += text;
  return out;
}

TEST(Linear, FarDates) {
  for (const std::string_view text :
       {"2031/5/", "2031/", "1899/1/a", "2031-5x/", "31/", "9", "2031/ma", "eve/", "2031/5x/"}) {
    EXPECT_FALSE(has_far_date("/" + repeated(text, kLong), 1900, 2028)) << text;
    EXPECT_FALSE(has_far_date("/?" + repeated(text, kLong), 1900, 2028)) << text;
  }
  EXPECT_TRUE(has_far_date("/" + repeated("2031/5/", kLong) + "event/2031/5", 1900, 2028)) << "the word is before it";
  EXPECT_FALSE(has_far_date("/" + repeated("2031/5/", kLong) + "event", 1900, 2028)) << "it is not";
  EXPECT_FALSE(has_far_date("/?" + repeated("2031=2031&yea=20310501&", kLong), 1900, 2028));
}

TEST(Linear, SessionIds) {
  for (const std::string_view text : {"sid=1&", "sid=;", "(S(aaaaaaaaaaaaaaaaaaaaaaaa", "(/", ";=", "/;sid=", "=",
                                      "a;b;c=d/", "session=x1x1x1x1x1x1x1x"}) {
    EXPECT_FALSE(has_session_id("/" + repeated(text, kLong))) << text;
    EXPECT_FALSE(has_session_id("/?" + repeated(text, kLong))) << text;
  }
}

// A path that goes up more often than it can never walks over what stands before it.
TEST(Linear, PathsThatGoUp) {
  std::string out(kLong, 'h');
  append_path(repeated("../", kLong), out.size(), out);
  EXPECT_EQ(out, std::string(kLong, 'h') + "/");
  out.assign(kLong, 'h');
  append_path(repeated("a/%2e%2E/", kLong) + "b", out.size(), out);
  EXPECT_EQ(out, std::string(kLong, 'h') + "/b");
}

TEST(Linear, WhatIsParsedAndRefused) {
  Url url;
  for (const std::string_view text : {"@", ":", "[", "%", ".", "1.", "0x", "\xC3\xA4.", "xn--", "\t", "\\", "a@"}) {
    const std::string authority = repeated(text, kLong);
    EXPECT_NE(parse_into("http://" + authority, nullptr, url), Problem::kNone) << text;
    EXPECT_NE(parse_into("http://a@" + authority + ":80:", nullptr, url), Problem::kNone) << text;
  }
}

}  // namespace
}  // namespace wswp::url
