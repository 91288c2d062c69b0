// Sixteen bytes at once, for searches that look for a few kinds of bytes: thin names for SSE2, which every x86-64 has.
// Elsewhere WSWP_SSE2 is not defined, and its users go byte by byte. Pure functions, any thread.
#pragma once

#if defined(__SSE2__)
#define WSWP_SSE2 1

#include <emmintrin.h>

#include <cstddef>
#include <cstdint>

namespace wswp::sse2 {

inline constexpr std::ptrdiff_t kStep = 16;

// kStep bytes from p on must be readable.
inline __m128i load(const char* p) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}
inline __m128i equal(__m128i bytes, char c) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}
inline __m128i at_most(__m128i bytes, char c) {
  return _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(c)), bytes);
}
inline __m128i either(__m128i a, __m128i b) {
  return _mm_or_si128(a, b);
}
// Those that are one of the characters.
template <char kFirst, char... kRest>
__m128i any_equal(__m128i bytes) {
  __m128i found = equal(bytes, kFirst);
  ((found = either(found, equal(bytes, kRest))), ...);
  return found;
}
// A bit for each byte whose highest bit is set, the first one lowest.
inline unsigned mask(__m128i bytes) {
  return static_cast<unsigned>(_mm_movemask_epi8(bytes));
}

// 64 bytes, of which questions are answered with a bit each, the first one lowest.
struct Block {
  __m128i parts[4];
};
inline constexpr std::ptrdiff_t kBlock = 4 * kStep;

// kBlock bytes from p on must be readable.
inline Block load_block(const char* p) {
  return {{load(p), load(p + kStep), load(p + 2 * kStep), load(p + 3 * kStep)}};
}
// `is` gives the vector in which the highest bit of each byte is the answer.
template <class Is>
[[gnu::always_inline]] inline std::uint64_t mask(const Block& block, Is is) {
  const std::uint64_t low = mask(is(block.parts[0])) | mask(is(block.parts[1])) << 16U;
  const std::uint64_t high = mask(is(block.parts[2])) | mask(is(block.parts[3])) << 16U;
  return low | high << 32U;
}
inline std::uint64_t mask_equal(const Block& block, char c) {
  return mask(block, [c](__m128i bytes) { return equal(bytes, c); });
}

}  // namespace wswp::sse2

#endif
