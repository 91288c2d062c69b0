#pragma once
// What is left of a file after a power cut. Pure, but for the dice.
//
// A file is what was synced, and the changes since. Of those the device may have kept any: all, none, the oldest few,
// single ones, single sectors of them, and a sector that was being written may hold neither the old bytes nor the new.
// Bytes beside those that were written do not change, which is what SQLite assumes of a disk
// (https://www.sqlite.org/psow.html).

#include <cstdint>
#include <span>
#include <string>

#include "support/dice.h"

namespace wswp::power {

using test::Dice;

inline constexpr std::size_t kSector = 512;

/// A write of `bytes` at `offset`, or a truncation to `offset`.
struct Change {
  enum class Kind : std::uint8_t { kWrite, kTruncate };
  Kind kind = Kind::kWrite;
  std::size_t offset = 0;
  std::string bytes;
};

/// Carries out a change as a healthy machine does.
void carry_out(std::string& file, const Change& change);

std::string survivor(const std::string& synced, std::span<const Change> unsynced, Dice& dice);

}  // namespace wswp::power
