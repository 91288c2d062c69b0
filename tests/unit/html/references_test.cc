#include "html/references.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "html/named_references.h"

namespace wswp::html {
namespace {

using namespace std::string_literals;

std::string decoded(std::string_view raw, TextKind kind = TextKind::kData) {
  std::string out;
  append_decoded(raw, kind, out);
  return out;
}

TEST(References, NamedWithAndWithoutSemicolon) {
  EXPECT_EQ(decoded("a&amp;b&ampc&lt;&gt;&quot;"), "a&b&c<>\"");
  EXPECT_EQ(decoded("&eacute;&Eacute;"), "\u00E9\u00C9");
  EXPECT_EQ(decoded("&CounterClockwiseContourIntegral;"), "\u2233");
  EXPECT_EQ(decoded("&NotEqualTilde;"), "\u2242\u0338");
}

TEST(References, LongestNameWins) {
  EXPECT_EQ(decoded("&notin;&notit;&not;&no"), "\u2209\u00ACit;\u00AC&no");
}

TEST(References, UnknownOnesStay) {
  EXPECT_EQ(decoded("&foo; & &; &&amp; &"), "&foo; & &; && &");
}

// 13.2.5.73: "for historical reasons".
TEST(References, InAttributesOneWithoutSemicolonBeforeAlphanumericOrEqualsStays) {
  EXPECT_EQ(decoded("?a=1&copy=2&copyx&copy", TextKind::kAttribute), "?a=1&copy=2&copyx\u00A9");
  EXPECT_EQ(decoded("?a=1&copy;=2&amp=3&amp-", TextKind::kAttribute), "?a=1\u00A9=2&amp=3&-");
}

TEST(References, Numeric) {
  EXPECT_EQ(decoded("&#65;&#x42;&#X43&#68x"), "ABCDx");
  EXPECT_EQ(decoded("&#;&#x;&#xg"), "&#;&#x;&#xg");
  EXPECT_EQ(decoded("&#128;&#x96;"), "\u20AC\u2013");
  EXPECT_EQ(decoded("&#x1F600;"), "\U0001F600");
}

TEST(References, NumbersThatAreNoCharacterBecomeReplacement) {
  EXPECT_EQ(decoded("&#0;&#xD800;&#x110000;&#99999999999999999999;"), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(References, LineEndsAndNul) {
  EXPECT_EQ(decoded("a\r\nb\rc\n"), "a\nb\nc\n");
  EXPECT_EQ(decoded("a\0b"s, TextKind::kAttribute), "a\uFFFDb");
  EXPECT_EQ(decoded("a\0b"s, TextKind::kData), "a\0b"s);
  EXPECT_EQ(decoded("&amp;\0"s, TextKind::kRaw), "&amp;\uFFFD");
}

TEST(References, TableIsSorted) {
  std::string_view previous;
  for (const NamedReference& reference : named_references()) {
    EXPECT_LT(previous, name_of(reference));
    previous = name_of(reference);
  }
}

}  // namespace
}  // namespace wswp::html
