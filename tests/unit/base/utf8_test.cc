#include "base/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace wswp {
namespace {

TEST(Utf8, WhatIsWrittenIsReadAgain) {
  for (const char32_t c : {0x0U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
    std::string text;
    append_utf8(c, text);
    const char* p = text.data();
    EXPECT_EQ(next_utf8(p, text.data() + text.size()), c);
    EXPECT_EQ(p, text.data() + text.size());
  }
}

TEST(Utf8, WhatIsNoCharacterIsWrittenAsReplacement) {
  for (const char32_t c : {0xD800U, 0xDFFFU, 0x110000U, 0xFFFFFFFFU}) {
    std::string text;
    append_utf8(c, text);
    EXPECT_EQ(text, "\uFFFD");
  }
}

TEST(Utf8, IllFormedPartsBecomeOneReplacementEach) {
  const auto mended = [](std::string_view text) {
    std::string out;
    append_well_formed(text, out);
    return out;
  };
  EXPECT_EQ(mended("a\u20ACb"), "a\u20ACb");
  EXPECT_EQ(mended("\xE2\x82z\xC0\x80"), "\uFFFDz\uFFFD\uFFFD");
  EXPECT_EQ(mended("\xF0\x9F\x98"), "\uFFFD");
}

TEST(Utf8, CutsBetweenCharacters) {
  EXPECT_EQ(cut_utf8("ab", 2), "ab");
  EXPECT_EQ(cut_utf8("a\u20AC", 3), "a");
  EXPECT_EQ(cut_utf8("a\u20AC", 4), "a\u20AC");
  EXPECT_EQ(cut_utf8("\u20AC", 0), "");
}

}  // namespace
}  // namespace wswp
