#include "html/mime.h"

#include <gtest/gtest.h>

namespace wswp::html {
namespace {

TEST(ParseMimeType, EssenceAndCharset) {
  const MimeType mime = parse_mime_type(" Text/HTML ; x=\";charset=no\" ; Charset=\"UTF\\-8\" ; charset=second");
  EXPECT_EQ(mime.essence, "text/html");
  EXPECT_EQ(mime.charset, "utf-8");
  EXPECT_EQ(parse_mime_type("text/html;charset=koi8-r ").charset, "koi8-r");
}

TEST(ParseMimeType, Malformed) {
  EXPECT_EQ(parse_mime_type("").essence, "");
  EXPECT_EQ(parse_mime_type("text").essence, "");
  EXPECT_EQ(parse_mime_type("text/").essence, "");
  EXPECT_EQ(parse_mime_type("te xt/html; charset=x").charset, "");
  EXPECT_EQ(parse_mime_type("text/html;;charset;=;charset=\"").charset, "");
}

TEST(IsHtml, Types) {
  EXPECT_TRUE(is_html("text/html"));
  EXPECT_TRUE(is_html("TEXT/HTML;charset=utf-8"));
  EXPECT_TRUE(is_html("application/xhtml+xml"));
  EXPECT_FALSE(is_html("text/plain"));
  EXPECT_FALSE(is_html("application/xml"));
  EXPECT_FALSE(is_html(""));
}

TEST(LooksLikeHtml, Starts) {
  EXPECT_TRUE(looks_like_html("<!DOCTYPE HTML>"));
  EXPECT_TRUE(looks_like_html("\xEF\xBB\xBF \n<html\nlang=en>"));
  EXPECT_TRUE(looks_like_html("<!--x"));
  EXPECT_TRUE(looks_like_html("<p>"));
  EXPECT_FALSE(looks_like_html("<pre>"));
  EXPECT_FALSE(looks_like_html("<?xml version='1.0'?><rss>"));
  EXPECT_FALSE(looks_like_html("{}"));
  EXPECT_FALSE(looks_like_html("<html"));
  EXPECT_FALSE(looks_like_html(""));
}

}  // namespace
}  // namespace wswp::html
