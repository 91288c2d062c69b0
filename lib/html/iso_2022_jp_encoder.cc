#include "html/iso_2022_jp_encoder.h"

#include <array>
#include <cstddef>

#include "base/utf8.h"
#include "html/characters.h"

namespace wswp::html {

namespace {

// Half-width katakana, which are written in full width
// (https://encoding.spec.whatwg.org/index-iso-2022-jp-katakana.txt).
constexpr std::array<char16_t, 63> kFullWidth = {
    0x3002, 0x300C, 0x300D, 0x3001, 0x30FB, 0x30F2, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30E3, 0x30E5,
    0x30E7, 0x30C3, 0x30FC, 0x30A2, 0x30A4, 0x30A6, 0x30A8, 0x30AA, 0x30AB, 0x30AD, 0x30AF, 0x30B1, 0x30B3,
    0x30B5, 0x30B7, 0x30B9, 0x30BB, 0x30BD, 0x30BF, 0x30C1, 0x30C4, 0x30C6, 0x30C8, 0x30CA, 0x30CB, 0x30CC,
    0x30CD, 0x30CE, 0x30CF, 0x30D2, 0x30D5, 0x30D8, 0x30DB, 0x30DE, 0x30DF, 0x30E0, 0x30E1, 0x30E2, 0x30E4,
    0x30E6, 0x30E8, 0x30E9, 0x30EA, 0x30EB, 0x30EC, 0x30ED, 0x30EF, 0x30F3, 0x309B, 0x309C};

// What shifts between the states; a text must hold none of it.
constexpr bool is_shift(char32_t c) {
  return c == 0x0E || c == 0x0F || c == 0x1B;
}

}  // namespace

char32_t Iso2022JpEncoder::encode(char32_t c, std::string& bytes) {
  if (is_shift(c)) {
    if (state_ == State::kTwoBytes) enter(State::kAscii, bytes);
    return kReplacement;
  }
  if (c < 0x80) {
    const bool same_in_roman = c != '\\' && c != '~';
    if (state_ != State::kRoman || !same_in_roman) enter(State::kAscii, bytes);
    bytes += static_cast<char>(c);
    return 0;
  }
  if (c == kYen || c == kOverline) {
    enter(State::kRoman, bytes);
    bytes += c == kYen ? '\\' : '~';
    return 0;
  }
  if (c >= kHalfWidthKatakana && c < kHalfWidthKatakana + kFullWidth.size()) c = kFullWidth[c - kHalfWidthKatakana];
  const std::string pair = euc_jp_.encode(c);
  if (pair.size() != 2) {
    if (state_ == State::kTwoBytes) enter(State::kAscii, bytes);
    return c;
  }
  enter(State::kTwoBytes, bytes);
  for (const char byte : pair) bytes += static_cast<char>(static_cast<unsigned char>(byte) & 0x7FU);
  return 0;
}

void Iso2022JpEncoder::enter(State state, std::string& bytes) {
  if (state == state_) return;
  state_ = state;
  bytes += state == State::kAscii ? "\x1B(B" : state == State::kRoman ? "\x1B(J" : "\x1B$B";
}

}  // namespace wswp::html
