#pragma once
// The only source of chance in simweb: a hash of names and the seed. Pure; any thread.

#include <cstdint>
#include <string_view>

#include <xxhash.h>

namespace wswp::simweb {

inline std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

/// An independent number for each `salt` (the finaliser of SplitMix64).
inline std::uint64_t mixed(std::uint64_t hash, std::uint64_t salt) {
  std::uint64_t z = hash + (salt + 1) * 0x9e3779b97f4a7c15U;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

/// `hash` as a number in [0, limit); 0 where `limit` is 0. Uses the upper bits.
inline std::uint64_t scaled(std::uint64_t hash, std::uint64_t limit) {
  return ((hash >> 32) * limit) >> 32;
}

}  // namespace wswp::simweb
