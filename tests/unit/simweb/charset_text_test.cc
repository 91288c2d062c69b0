#include "simweb/charset_text.h"

#include <gtest/gtest.h>
#include <iconv.h>

#include <array>
#include <string>

namespace wswp::simweb {
namespace {

std::string to_utf8(std::string_view label, std::string text) {
  const iconv_t converter = iconv_open("utf-8", std::string(label).c_str());
  std::array<char, 256> out{};
  char* from = text.data();
  std::size_t from_left = text.size();
  char* to = out.data();
  std::size_t to_left = out.size();
  const std::size_t done = iconv(converter, &from, &from_left, &to, &to_left);
  iconv_close(converter);
  return done == static_cast<std::size_t>(-1) ? "" : std::string(out.data(), out.size() - to_left);
}

TEST(CharsetText, TheWordsAreTheSameInEveryCharset) {
  for (std::size_t kind = 0; kind < kind_names(Axis::kCharset).size(); ++kind) {
    const CharsetText& text = charset_text(static_cast<CharsetKind>(kind));
    EXPECT_EQ(to_utf8(text.label, std::string(text.words)), text.words_utf8) << text.label;
  }
}

TEST(CharsetText, ShiftJisHasABackslashAsSecondByte) {
  EXPECT_NE(charset_text(CharsetKind::kShiftJis).words.find('\\'), std::string_view::npos);
}

}  // namespace
}  // namespace wswp::simweb
