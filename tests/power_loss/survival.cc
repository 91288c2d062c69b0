#include "survival.h"

#include <algorithm>

namespace wswp::power {
namespace {

void write(std::string& file, std::size_t offset, std::string_view bytes) {
  if (file.size() < offset + bytes.size()) file.resize(offset + bytes.size());
  std::copy(bytes.begin(), bytes.end(), file.begin() + static_cast<std::ptrdiff_t>(offset));
}

/// How much of what was not synced arrived, in percent of the changes (`change`) and of the sectors of each (`sector`);
/// the first `kept` changes arrived whole.
struct Luck {
  std::size_t kept = 0;
  unsigned change = 0;
  unsigned sector = 100;
  unsigned garbage = 0;
};

Luck luck_of(std::size_t changes, Dice& dice) {
  switch (dice.below(6)) {
    case 0:  // nothing was lost
      return {.kept = changes};
    case 1:  // nothing arrived
      return {};
    case 2:  // in order, up to somewhere
      return {.kept = dice.below(changes + 1)};
    case 3:  // and some of what came later
      return {.kept = dice.below(changes + 1), .change = 50, .sector = 90, .garbage = 1};
    case 4:  // whole changes, in any order
      return {.change = dice.percent(50) ? 95U : 50U};
    default:  // sectors in any order
      return {.change = 100, .sector = dice.percent(50) ? 98U : 50U, .garbage = 1};
  }
}

/// Applies those sectors of a write that arrived.
void write_in_part(std::string& file, const Change& change, const Luck& luck, Dice& dice) {
  for (std::size_t done = 0; done < change.bytes.size();) {
    const std::size_t at = change.offset + done;
    const std::size_t length = std::min(kSector - at % kSector, change.bytes.size() - done);
    std::string piece = change.bytes.substr(done, length);
    done += length;
    if (!dice.percent(luck.sector)) continue;
    if (dice.percent(luck.garbage)) {
      for (char& byte : piece) byte = static_cast<char>(dice.next());
    }
    write(file, at, piece);
  }
}

}  // namespace

void carry_out(std::string& file, const Change& change) {
  if (change.kind == Change::Kind::kWrite) {
    write(file, change.offset, change.bytes);
  } else if (change.offset < file.size()) {
    file.resize(change.offset);
  }
}

std::string survivor(const std::string& synced, std::span<const Change> unsynced, Dice& dice) {
  std::string file = synced;
  if (unsynced.empty()) return file;
  const Luck luck = luck_of(unsynced.size(), dice);
  std::size_t longest = file.size();  // that the file ever was since
  for (std::size_t i = 0; i < unsynced.size(); ++i) {
    const Change& change = unsynced[i];
    if (i >= luck.kept && !dice.percent(luck.change)) continue;
    if (i < luck.kept || change.kind == Change::Kind::kTruncate) {
      carry_out(file, change);
    } else {
      write_in_part(file, change, luck, dice);
    }
    longest = std::max(longest, change.offset + change.bytes.size());
  }
  // The length may have been written down before the bytes were.
  if (file.size() < longest && dice.percent(25)) file.resize(longest);
  return file;
}

}  // namespace wswp::power
