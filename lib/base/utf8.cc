#include "base/utf8.h"

#include <algorithm>
#include <cstddef>

namespace wswp {

namespace {

constexpr char32_t kLastCodePoint = 0x10FFFF;

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
bool is_trail(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

void append_utf8(char32_t code_point, std::string& out) {
  if (code_point > kLastCodePoint || (code_point >= 0xD800 && code_point < 0xE000)) code_point = kReplacement;
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | ((code_point >> shift) & 0x3FU)); };
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0U | (code_point >> 6U));
    tail(0);
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0U | (code_point >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (code_point >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

void append_well_formed(std::string_view utf8, std::string& out) {
  const char* p = utf8.data();
  const char* const end = p + utf8.size();
  while (p != end) {
    const char* const ascii_end = std::find_if_not(p, end, is_ascii);
    out.append(p, ascii_end);
    p = ascii_end;
    if (p != end) append_utf8(next_utf8(p, end), out);
  }
}

std::string_view cut_utf8(std::string_view utf8, std::size_t max_size) {
  if (utf8.size() <= max_size) return utf8;
  while (max_size > 0 && is_trail(utf8[max_size])) --max_size;
  return utf8.substr(0, max_size);
}

}  // namespace wswp
