#pragma once
// One table of what each byte is to a URL, so that every scan of the parser is one look-up a byte.

#include <array>
#include <cstdint>
#include <string_view>

#include "base/ascii.h"
#include "base/sse2.h"

namespace wswp::url {

enum ByteClass : std::uint8_t {
  kEncodeInPath = 1,     // https://url.spec.whatwg.org/#path-percent-encode-set
  kEncodeInQuery = 2,    // https://url.spec.whatwg.org/#special-query-percent-encode-set
  kForbiddenInHost = 4,  // https://url.spec.whatwg.org/#forbidden-domain-code-point, except '%'
  kUpper = 8,            // 'A' to 'Z'
  kDecodeInHost = 16,    // '%' and what is not ASCII: a host with it needs decoding and IDNA
  kTabOrNewline = 32,    // removed wherever it stands
  kSchemeByte = 64,      // letters, digits, '+', '-', '.'
  kEndsAuthority = 128,  // '/', '\\', '?' ('#' is cut off before)
};

namespace detail {

constexpr std::array<std::uint8_t, 256> make_byte_classes() {
  std::array<std::uint8_t, 256> classes{};
  const auto add = [&classes](std::string_view bytes, ByteClass which) {
    for (const char c : bytes) classes[static_cast<std::uint8_t>(c)] |= which;
  };
  for (unsigned c = 0; c < 256; ++c) {
    if (c <= 0x20 || c >= 0x7F) classes[c] |= kEncodeInPath | kEncodeInQuery;
    if (c <= 0x20 || c == 0x7F) classes[c] |= kForbiddenInHost;
    if (c >= 0x80) classes[c] |= kDecodeInHost;
    if (c >= 'A' && c <= 'Z') classes[c] |= kUpper | kSchemeByte;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) classes[c] |= kSchemeByte;
  }
  add("\"#<>?^`{}", kEncodeInPath);
  add("\"#<>'", kEncodeInQuery);
  add("#/:<>?@[\\]^|", kForbiddenInHost);
  add("%", kDecodeInHost);
  add("\t\n\r", kTabOrNewline);
  add("+-.", kSchemeByte);
  add("/\\?", kEndsAuthority);
  return classes;
}

inline constexpr std::array<std::uint8_t, 256> kByteClasses = make_byte_classes();

}  // namespace detail

inline std::uint8_t byte_class(char c) {
  return detail::kByteClasses[static_cast<std::uint8_t>(c)];
}
inline bool is_a(char c, ByteClass which) {
  return (byte_class(c) & which) != 0;
}

/// Everything that the bytes of `text` are, or-ed together.
inline std::uint8_t classes_of(std::string_view text) {
  std::uint8_t classes = 0;
  for (const char c : text) classes |= byte_class(c);
  return classes;
}

/// Whether one of the characters is in `text`.
template <char... kWanted>
bool contains_any(std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
#if defined(WSWP_SSE2)
  if (end - p >= sse2::kStep) {
    const auto in_step = [](const char* step) {
      return sse2::mask(sse2::any_equal<kWanted...>(sse2::load(step))) != 0;
    };
    for (; end - p >= sse2::kStep; p += sse2::kStep) {
      if (in_step(p)) return true;
    }
    return p != end && in_step(end - sse2::kStep);  // some bytes a second time
  }
#endif
  for (; p != end; ++p) {
    if (((*p == kWanted) || ...)) return true;
  }
  return false;
}

/// The value of a hexadecimal digit, or -1.
inline int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace wswp::url
