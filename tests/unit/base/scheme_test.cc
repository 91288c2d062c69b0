#include "base/scheme.h"

#include <gtest/gtest.h>

namespace wswp {
namespace {

TEST(Scheme, IsNamedByWhatTheUrlStandardReadsAsHttp) {
  for (const char* text :
       {"http://a.com", "HTTPS://a.com", "http:/a.com", "http:a.com", "http:\\\\a.com", "http:\\a.com",
        "  http://a.com", "\x01http:/a.com", "ht\ttp:\n//a.com", "ftp://a.com", "a.com://b", "http:"})
    EXPECT_TRUE(names_scheme(text)) << text;
  for (const char* text : {"", "a.com", "a.com:80", "localhost:80/x", "a.com/?u=http://b.com/", "mailto:a@b.com",
                           "://a", "//a.com", "/http://a", "1http://a", "httpx:/a.com"})
    EXPECT_FALSE(names_scheme(text)) << text;
}

TEST(Scheme, IsPutBeforeBareNamesOnly) {
  EXPECT_EQ(with_scheme("a.com:80/x"), "http://a.com:80/x");
  EXPECT_EQ(with_scheme(" HTTP:/a.com/\\"), "http://a.com/\\");
  EXPECT_EQ(with_scheme("https:\\\\a.com"), "https://a.com");
  EXPECT_EQ(with_scheme("ftp://a.com"), "ftp://a.com");
  EXPECT_EQ(with_scheme("a.com/?u=http://b.com/"), "http://a.com/?u=http://b.com/");
}

TEST(Scheme, TheOriginEndsWhereThePathBegins) {
  EXPECT_EQ(origin_part("https://a.com:8080/a?b"), "https://a.com:8080");
  EXPECT_EQ(origin_part("http:/a.com/x"), "http://a.com");
  EXPECT_EQ(origin_part("HTTP:\\\\a.com\\x"), "http://a.com");
  EXPECT_EQ(origin_part("a.com?u=http://b.com/"), "http://a.com");
  EXPECT_EQ(origin_part("a.com:80#x"), "http://a.com:80");
}

}  // namespace
}  // namespace wswp
