#include "mutation.h"

#include <algorithm>
#include <set>

namespace wswp::fuzz {
namespace {

constexpr std::size_t kHead = 400;
constexpr std::size_t kLongestSpan = 64;

/// A place in `bytes`, which has some.
std::size_t place(Dice& dice, std::string_view bytes) {
  return dice.below(dice.percent(75) ? std::min(bytes.size(), kHead) : bytes.size());
}

std::size_t span(Dice& dice, std::string_view bytes, std::size_t at) {
  return std::min(dice.between(1, dice.percent(80) ? 8 : kLongestSpan), bytes.size() - at);
}

std::string_view token(Dice& dice) {
  using namespace std::string_view_literals;
  return choose(dice, {"\r\n"sv,      "\r"sv,         "\n"sv,   "\0"sv,
                       " "sv,         "\t"sv,         ":"sv,    ";"sv,
                       ","sv,         "="sv,          "\""sv,   "\r\n "sv,
                       "0"sv,         "-1"sv,         "\xff"sv, "\x80"sv,
                       "\r\n\r\n"sv,  "4294967296"sv, "0x"sv,   "%00"sv,
                       "..//"sv,      "<"sv,          "&#0;"sv, "\xef\xbb\xbf"sv,
                       "HTTP/1.1 "sv, "chunked"sv,    "gzip"sv, "Content-Length: 7\r\n"sv});
}

void flip(Dice& dice, char& c) {
  c = static_cast<char>(static_cast<unsigned char>(c) ^ (1U << dice.below(8)));
}

void mutate_once(Dice& dice, std::string& bytes, std::string_view other) {
  if (bytes.empty()) {
    bytes = token(dice);
    return;
  }
  const std::size_t at = place(dice, bytes);
  const std::size_t length = span(dice, bytes, at);
  switch (dice.below(10)) {
    case 0:
      return flip(dice, bytes[at]);
    case 1:
      bytes[at] = static_cast<char>(dice.below(256));
      return;
    case 2:
      bytes.erase(at, length);
      return;
    case 3:
      bytes.insert(at, bytes.substr(at, length));
      return;
    case 4:
      bytes.insert(at, token(dice));
      return;
    case 5:
      bytes.replace(at, length, token(dice));
      return;
    case 6: {
      const std::string moved = bytes.substr(at, length);
      bytes.erase(at, length);
      bytes.insert(bytes.empty() ? 0 : place(dice, bytes), moved);
      return;
    }
    case 7:
      bytes.insert(at, dice.percent(10) ? dice.between(1000, 200'000) : dice.between(2, 300), bytes[at]);
      return;
    case 8:
      bytes.resize(at + (dice.percent(50) ? 0 : length));
      return;
    default:
      if (!other.empty()) bytes.replace(at, std::string::npos, other.substr(place(dice, other)));
  }
}

}  // namespace

void mutate(Dice& dice, std::string& bytes, std::size_t count, std::string_view other) {
  for (std::size_t i = 0; i < count; ++i) mutate_once(dice, bytes, other);
}

std::vector<std::string> cut(Dice& dice, std::string_view bytes) {
  constexpr std::size_t kSingleBytes = 200;
  std::set<std::size_t> ends{bytes.size()};
  switch (dice.below(8)) {
    case 0:
      for (std::size_t i = 1; i < std::min(bytes.size(), kSingleBytes); ++i) ends.insert(i);
      break;
    case 1:
      ends.insert(dice.below(bytes.size() + 1));
      break;
    case 2:
      for (int i = 0; i < 7; ++i) ends.insert(dice.below(bytes.size() + 1));
      break;
    default:
      break;
  }
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  for (const std::size_t end : ends) {
    if (end > begin) pieces.emplace_back(bytes.substr(begin, end - begin));
    begin = end;
  }
  return pieces;
}

std::string noise(Dice& dice, std::size_t size) {
  std::string bytes(size, '\0');
  for (char& c : bytes) c = static_cast<char>(dice.below(256));
  return bytes;
}

}  // namespace wswp::fuzz
