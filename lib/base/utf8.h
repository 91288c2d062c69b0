#pragma once
// UTF-8, read as the Encoding standard says (https://encoding.spec.whatwg.org/#utf-8-decoder), and written. Pure, any
// thread.

#include <string>
#include <string_view>

namespace wswp {

inline constexpr char32_t kIllFormed = 0xFFFFFFFF;
inline constexpr char32_t kReplacement = 0xFFFD;

/// The code point at `p`, which must not be `end`, moving `p` past it; kIllFormed for a part that is to become one
/// U+FFFD: the longest start of a character, at least one byte.
inline char32_t next_utf8(const char*& p, const char* end) {
  const auto byte = [](char c) { return static_cast<unsigned>(static_cast<unsigned char>(c)); };
  const unsigned lead = byte(*p++);
  if (lead < 0x80) return lead;
  if (lead < 0xC2 || lead > 0xF4) return kIllFormed;
  const int trail_bytes = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  // The first trail byte is restricted further: no overlong forms, surrogates, or code points past U+10FFFF.
  unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  char32_t code_point = lead & (0x3FU >> static_cast<unsigned>(trail_bytes));
  for (int i = 0; i < trail_bytes; ++i) {
    if (p == end || byte(*p) < low || byte(*p) > high) return kIllFormed;
    code_point = (code_point << 6U) | (byte(*p++) & 0x3FU);
    low = 0x80;
    high = 0xBF;
  }
  return code_point;
}

/// Appends a code point; surrogates and values past U+10FFFF, kIllFormed among them, become U+FFFD.
void append_utf8(char32_t code_point, std::string& out);

/// Appends a text, every ill-formed part of it as U+FFFD.
void append_well_formed(std::string_view utf8, std::string& out);

/// The longest beginning of a well-formed text that has at most `max_size` bytes and ends between two characters.
std::string_view cut_utf8(std::string_view utf8, std::size_t max_size);

}  // namespace wswp
