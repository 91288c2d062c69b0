// Vectorised searches for the few bytes at which HTML changes meaning: 16 bytes a step with SSE2, which every x86-64
// has, byte by byte elsewhere and at the end of the input. All return `end` where there is nothing to find, and never
// read outside [p, end). Pure functions, any thread.
#pragma once

#include <bit>
#include <cstring>

#include "base/sse2.h"
#include "html/ascii.h"

namespace wswp::html {

namespace scan_detail {

// Byte by byte; the whole of the portable version and the tail of the vectorised one.
template <class IsStop>
const char* find_if(const char* p, const char* end, IsStop is_stop) {
  while (p != end && !is_stop(*p)) ++p;
  return p;
}

#if defined(WSWP_SSE2)
using sse2::any_equal;
using sse2::at_most;
using sse2::either;
using sse2::equal;
using sse2::kStep;
using sse2::load;
using sse2::mask;

// `stop_mask` gives a bit for each of 16 bytes at which to stop; `is_stop` says the same of one byte.
template <class StopMask, class IsStop>
const char* find(const char* p, const char* end, StopMask stop_mask, IsStop is_stop) {
  while (end - p >= kStep) {
    const unsigned bits = stop_mask(load(p));
    if (bits != 0) return p + std::countr_zero(bits);
    p += kStep;
  }
  return find_if(p, end, is_stop);
}

// The same for texts of a few steps, which mostly have nothing to find: the last step takes some bytes a second time.
template <class StopMask, class IsStop>
const char* find_in_short(const char* p, const char* end, StopMask stop_mask, IsStop is_stop) {
  if (end - p < kStep) return find_if(p, end, is_stop);
  for (; end - p >= kStep; p += kStep) {
    const unsigned bits = stop_mask(load(p));
    if (bits != 0) return p + std::countr_zero(bits);
  }
  if (p == end) return end;
  const unsigned bits = stop_mask(load(end - kStep)) >> static_cast<unsigned>(kStep - (end - p));  // of the rest alone
  return bits != 0 ? p + std::countr_zero(bits) : end;
}
#endif

// Controls are rare in markup, so they are searched for together with white space and told apart afterwards.
constexpr bool is_control_or_space(char c) {
  return static_cast<unsigned char>(c) <= 0x20;
}

}  // namespace scan_detail

// The first byte that is one of `kStops`.
template <char... kStops>
const char* find_any(const char* p, const char* end) {
  const auto is_stop = [](char c) { return ((c == kStops) || ...); };
#if defined(WSWP_SSE2)
  using namespace scan_detail;
  const auto stop_mask = [](__m128i bytes) { return mask(any_equal<kStops...>(bytes)); };
  return find(p, end, stop_mask, is_stop);
#else
  return scan_detail::find_if(p, end, is_stop);
#endif
}

inline const char* find_byte(const char* p, const char* end, char stop) {
  const auto is_stop = [stop](char c) { return c == stop; };
#if defined(WSWP_SSE2)
  using namespace scan_detail;
  return find(
      p, end, [stop](__m128i bytes) { return mask(equal(bytes, stop)); }, is_stop);
#else
  return scan_detail::find_if(p, end, is_stop);
#endif
}

// The first byte that is ASCII whitespace or one of `kStops`.
template <char... kStops>
const char* find_space_or(const char* p, const char* end) {
  using scan_detail::is_control_or_space;
  const auto is_stop = [](char c) { return is_control_or_space(c) || ((c == kStops) || ...); };
  for (;;) {
#if defined(WSWP_SSE2)
    using namespace scan_detail;
    const auto stop_mask = [](__m128i bytes) { return mask(either(at_most(bytes, ' '), any_equal<kStops...>(bytes))); };
    p = find(p, end, stop_mask, is_stop);
#else
    p = scan_detail::find_if(p, end, is_stop);
#endif
    if (p == end || is_space(*p) || !is_control_or_space(*p)) return p;
    ++p;
  }
}

// The first byte that ends the name of a tag, of an attribute. Names are so short that a look at each byte is faster
// than a vector.
inline const char* find_tag_name_end(const char* p, const char* end) {
  return scan_detail::find_if(p, end, [](char c) { return c == '>' || c == '/' || is_space(c); });
}
inline const char* find_attribute_name_end(const char* p, const char* end) {
  return scan_detail::find_if(p, end, [](char c) { return c == '=' || c == '>' || c == '/' || is_space(c); });
}

// The size of the tag name that begins at p, where kShortNameReach bytes can be read; 0 if it does not end within them.
inline constexpr std::ptrdiff_t kShortNameReach = 16;
inline std::size_t short_name_size(const char* p) {
#if defined(WSWP_SSE2)
  using namespace scan_detail;
  static_assert(kShortNameReach == kStep);
  const __m128i bytes = load(p);
  const unsigned stops = mask(either(at_most(bytes, ' '), any_equal<'>', '/'>(bytes)));
  if (stops == 0) return 0;
  const auto size = static_cast<std::size_t>(std::countr_zero(stops));
  return is_control_or_space(p[size]) && !is_space(p[size]) ? 0 : size;
#else
  const char* const end = p + kShortNameReach;
  const char* const name_end = find_tag_name_end(p, end);
  return name_end != end ? static_cast<std::size_t>(name_end - p) : 0;
#endif
}

inline const char* find_non_ascii(const char* p, const char* end) {
  const auto is_stop = [](char c) { return !is_ascii(c); };
#if defined(WSWP_SSE2)
  using namespace scan_detail;
  return find(
      p, end, [](__m128i bytes) { return mask(bytes); }, is_stop);
#else
  return scan_detail::find_if(p, end, is_stop);
#endif
}

// The first byte that is not ASCII or is one of `kStops`.
template <char... kStops>
const char* find_non_ascii_or(const char* p, const char* end) {
  const auto is_stop = [](char c) { return !is_ascii(c) || ((c == kStops) || ...); };
#if defined(WSWP_SSE2)
  using namespace scan_detail;
  return find_in_short(
      p, end, [](__m128i bytes) { return mask(either(bytes, any_equal<kStops...>(bytes))); }, is_stop);
#else
  return scan_detail::find_if(p, end, is_stop);
#endif
}

inline bool is_ascii(std::string_view text) {
  const char* const end = text.data() + text.size();
  return find_non_ascii(text.data(), end) == end;
}

inline const char* skip_space(const char* p, const char* end) {
  while (p != end && is_space(*p)) ++p;
  return p;
}

}  // namespace wswp::html
