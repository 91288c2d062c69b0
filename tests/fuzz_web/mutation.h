#pragma once
// Bytes that were right, made wrong. Pure; the dice decide.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "support/dice.h"

namespace wswp::fuzz {

using test::Dice;

/// One of these.
template <class T>
const T& choose(Dice& dice, const std::vector<T>& options) {
  return options[dice.below(options.size())];
}
inline std::string_view choose(Dice& dice, std::initializer_list<std::string_view> options) {
  return options.begin()[dice.below(options.size())];
}

/// Changes `bytes` in `count` places: bits, bytes, numbers and spans are flipped, left out, put in, doubled, exchanged,
/// or taken from `other`. Places are near the beginning more often than not, as heads are.
void mutate(Dice& dice, std::string& bytes, std::size_t count, std::string_view other = {});

/// `bytes` in pieces: whole, byte by byte (the first 200), in two, or in up to eight; an empty one has no pieces.
std::vector<std::string> cut(Dice& dice, std::string_view bytes);

/// Bytes of any value.
std::string noise(Dice& dice, std::size_t size);

}  // namespace wswp::fuzz
