#include "html/mime.h"

#include <gtest/gtest.h>

namespace wswp::html {
namespace {

// https://mimesniff.spec.whatwg.org/#parsing-a-mime-type
TEST(ExtractMimeType, EssenceAndCharset) {
  const MimeType mime = extract_mime_type(" Text/HTML ; x=\";charset=no\" ; Charset=\"UTF\\-8\" ; charset=second");
  EXPECT_EQ(mime.essence, "text/html");
  EXPECT_EQ(mime.charset, "utf-8");
  EXPECT_EQ(extract_mime_type("text/html;charset=koi8-r ").charset, "koi8-r");
  EXPECT_EQ(extract_mime_type("text/html;\t\ncharset=koi8-r").charset, "koi8-r");
}

TEST(ExtractMimeType, Malformed) {
  EXPECT_EQ(extract_mime_type("").essence, "");
  EXPECT_EQ(extract_mime_type("text").essence, "");
  EXPECT_EQ(extract_mime_type("text/").essence, "");
  EXPECT_EQ(extract_mime_type("te xt/html; charset=x").charset, "");
  EXPECT_EQ(extract_mime_type("text/html;;charset;=;charset=\"").charset, "");
  EXPECT_EQ(extract_mime_type("text/html;charset =x").charset, "") << "the blank is part of the name";
  EXPECT_EQ(extract_mime_type("text/html;charset=;charset=x").charset, "x");
  EXPECT_EQ(extract_mime_type("text/html;charset=\"\";charset=x").charset, "") << "the first, though it is empty";
}

// https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point
TEST(ExtractMimeType, ACharsetWithControlCharactersIsNone) {
  EXPECT_EQ(extract_mime_type("text/html;charset=\"\xE9\xFF\x1B[2J\";charset=x").charset, "x");
  EXPECT_EQ(extract_mime_type("text/html;charset=\"a\x7F\"").charset, "");
  EXPECT_EQ(extract_mime_type("text/html;charset=\xE9\xFF").charset, "\u00E9\u00FF") << "a byte is a code point";
}

// https://fetch.spec.whatwg.org/#concept-header-extract-mime-type, its examples among them
TEST(ExtractMimeType, OfSeveralValuesTheLastThatIsAType) {
  const auto extracted = [](std::string_view values) {
    const MimeType mime = extract_mime_type(values);
    return mime.charset.empty() ? mime.essence : mime.essence + ";" + mime.charset;
  };
  EXPECT_EQ(extracted("text/plain;charset=gbk, text/html"), "text/html");
  EXPECT_EQ(extracted("text/html;charset=gbk;a=b, text/html;x=y"), "text/html;gbk");
  EXPECT_EQ(extracted("text/html;charset=gbk;a=b, text/html"), "text/html;gbk");
  EXPECT_EQ(extracted("text/html;charset=gbk, x/x, text/html;x=y"), "text/html");
  EXPECT_EQ(extracted("text/html, cannot-parse"), "text/html");
  EXPECT_EQ(extracted("text/html, */*"), "text/html");
  EXPECT_EQ(extracted("text/html, "), "text/html");
  EXPECT_EQ(extracted("*/*"), "");
  EXPECT_EQ(extracted(",text/html,"), "text/html");
  EXPECT_EQ(extracted("text/html;x=\",text/plain"), "text/html") << "no comma separates inside quotes";
  EXPECT_EQ(extracted("text/html;x=\"\\\",text/plain\", image/png"), "image/png");
  EXPECT_EQ(extracted("text/html;\",\",text/plain"), "text/plain");
  EXPECT_EQ(extracted("text/html;charset=a, text/html;charset=b, text/html"), "text/html;a");
}

TEST(IsHtml, Types) {
  EXPECT_TRUE(is_html("text/html"));
  EXPECT_TRUE(is_html("application/xhtml+xml"));
  EXPECT_FALSE(is_html("text/plain"));
  EXPECT_FALSE(is_html("application/xml"));
  EXPECT_FALSE(is_html(""));
}

TEST(IsUnknown, Types) {
  EXPECT_TRUE(is_unknown(""));
  EXPECT_TRUE(is_unknown("unknown/unknown"));
  EXPECT_TRUE(is_unknown("application/unknown"));
  EXPECT_FALSE(is_unknown("text/plain"));
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
