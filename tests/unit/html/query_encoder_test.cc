#include "html/query_encoder.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace wswp::html {
namespace {

std::string query(std::string_view encoding, std::string_view utf8) {
  QueryEncoder encoder(encoding);
  std::string out;
  encoder.append(utf8, out);
  return out;
}

// https://url.spec.whatwg.org/#string-percent-encode-after-encoding with the encoders of the Encoding standard.
TEST(QueryEncoder, QueriesAreEncodedAsTheStandardsEncodersDo) {
  EXPECT_EQ(query("gbk", "\u4F60\u20AC\u00E6"), "%C4%E3%80%26%23230%3B") << "no sequences of four bytes";
  EXPECT_EQ(query("gb18030", "\u20AC\u00E6\uFE10\u3000"), "%A2%E3%810%8A3%A6%D9%A1%A1");
  EXPECT_EQ(query("big5", "\u4F60\u00C0\u2400\u3003"), "%A7A%26%23192%3B%A3%C0%A1%B2") << "no HKSCS";
  EXPECT_EQ(query("euc-jp", "\u3042\u4E02\u00A5\u203E\u2212"), "%A4%A2%26%2319970%3B\\~%A1%DD") << "no JIS X 0212";
  EXPECT_EQ(query("shift_jis", "\u3042\u00A5\u2212\uE000"), "%82%A0\\%81|%26%2357344%3B");
  EXPECT_EQ(query("euc-kr", "\uAC00\uE000"), "%B0%A1%26%2357344%3B");
  EXPECT_EQ(query("koi8-u", "\u0434\u045E\u255D"), "%C4%AE%26%239565%3B");
  EXPECT_EQ(query("windows-1253", "\u03B1\u00AA"), "%E1%26%23170%3B");
  EXPECT_EQ(query("iso-8859-16", "\u0218\u00A1"), "%AA%26%23161%3B");
  EXPECT_EQ(query("x-user-defined", "\uF780a\u00A1"), "%80a%26%23161%3B");
  EXPECT_EQ(query("utf-8", "\u00E9"), "\u00E9");
  EXPECT_EQ(query("utf-16le", "\u00E9"), "\u00E9");
}

// https://encoding.spec.whatwg.org/#iso-2022-jp-encoder; the bytes are percent-encoded as in a query
// (https://url.spec.whatwg.org/#special-query-percent-encode-set), also where they are parts of characters.
TEST(QueryEncoder, Iso2022JpHasStates) {
  const auto iso = [](std::string_view utf8) { return query("iso-2022-jp", utf8); };
  EXPECT_EQ(iso("?a=\u3042\u3044&b"), "?a=%1B$B$%22$$%1B(B&b");
  EXPECT_EQ(iso("\u3042"), "%1B$B$%22%1B(B") << "the end leads back to ASCII";
  EXPECT_EQ(iso("\u00A5a\\\u203E"), "%1B(J\\a%1B(B\\%1B(J~%1B(B");
  EXPECT_EQ(iso("\uFF71\uFF9E\u2212"), "%1B$B%%22!+!]%1B(B") << "in full width";
  EXPECT_EQ(iso("\u3042\u20AC\u3044"), "%1B$B$%22%1B(B%26%238364%3B%1B$B$$%1B(B");
  EXPECT_EQ(iso("\u00A5\u20AC"), "%1B(J\\%26%238364%3B%1B(B");
  EXPECT_EQ(iso("a\x1B\x0E"), "a%26%2365533%3B%26%2365533%3B") << "no escape sequences of others";
  EXPECT_EQ(iso("\u3042\n\t\u3042"), "%1B$B$%22$%22%1B(B") << "the URL parser takes line ends out first";
}

TEST(QueryEncoder, TellsWhetherItChangesAnything) {
  EXPECT_FALSE(QueryEncoder("utf-8").changes("?\u3042"));
  EXPECT_FALSE(QueryEncoder("utf-16le").changes("?\u3042"));
  EXPECT_FALSE(QueryEncoder("replacement").changes("?\u3042"));
  EXPECT_FALSE(QueryEncoder("iso-2022-jp").changes("?a"));
  EXPECT_TRUE(QueryEncoder("iso-2022-jp").changes("?\x1B"));
  EXPECT_TRUE(QueryEncoder("gbk").changes("?\u3042"));
}

// Characters that decode otherwise, or of which two pairs are the same.
TEST(QueryEncoder, EncodersAreNoMirrorsOfDecoders) {
  EXPECT_EQ(query("gbk", "\uE78D\uE864"), "%A6%D9%FE%A0");
  EXPECT_EQ(query("gb18030", "\uE5E5"), "%26%2358853%3B");
  EXPECT_EQ(query("big5", "\u4EDD\u5341"), "%C6%DF%A4Q");
  EXPECT_EQ(query("shift_jis", "\u0080"), "%80");
}

}  // namespace
}  // namespace wswp::html
