// Vectorised searches for the few bytes at which HTML changes meaning: 16 bytes a step with SSE2, which every x86-64
// has, byte by byte elsewhere and at the end of the input. All return `end` where there is nothing to find, and never
// read outside [p, end). Pure functions, any thread.
#pragma once

#include <bit>
#include <cstring>

#include "html/ascii.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wswp::html {

namespace scan_detail {

// Byte by byte; the whole of the portable version and the tail of the vectorised one.
template <class IsStop>
const char* find_if(const char* p, const char* end, IsStop is_stop) {
  while (p != end && !is_stop(*p)) ++p;
  return p;
}

#if defined(__SSE2__)
constexpr std::ptrdiff_t kStep = 16;

inline __m128i load(const char* p) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}
inline __m128i equal(__m128i bytes, char c) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}
inline __m128i at_most(__m128i bytes, char c) {
  return _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(c)), bytes);
}
inline unsigned mask(__m128i bytes) {
  return static_cast<unsigned>(_mm_movemask_epi8(bytes));
}

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
#if defined(__SSE2__)
  using namespace scan_detail;
  const auto stop_mask = [](__m128i bytes) { return (mask(equal(bytes, kStops)) | ...); };
  return find(p, end, stop_mask, is_stop);
#else
  return scan_detail::find_if(p, end, is_stop);
#endif
}

inline const char* find_byte(const char* p, const char* end, char stop) {
  const auto is_stop = [stop](char c) { return c == stop; };
#if defined(__SSE2__)
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
#if defined(__SSE2__)
    using namespace scan_detail;
    const auto stop_mask = [](__m128i bytes) { return mask(at_most(bytes, ' ')) | (mask(equal(bytes, kStops)) | ...); };
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

inline const char* find_non_ascii(const char* p, const char* end) {
  const auto is_stop = [](char c) { return !is_ascii(c); };
#if defined(__SSE2__)
  using namespace scan_detail;
  return find(
      p, end, [](__m128i bytes) { return mask(bytes); }, is_stop);
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
