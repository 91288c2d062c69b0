#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>

#include "url/bytes.h"
#include "url/ip_address.h"

namespace wswp::url {

namespace {

constexpr std::size_t kPieces = 8;

/// Reads an address piece by piece.
class Ipv6Reader {
 public:
  explicit Ipv6Reader(std::string_view text) : rest_(text) {}

  bool read() {
    if (rest_.starts_with(':')) {
      if (!rest_.starts_with("::")) return false;
      rest_.remove_prefix(1);
      if (!take_colon()) return false;
    }
    while (!rest_.empty()) {
      if (count_ == kPieces) return false;
      if (rest_[0] == ':') {
        if (!take_colon()) return false;
        continue;
      }
      if (!read_piece()) return false;
    }
    return finish();
  }

  const std::array<std::uint16_t, kPieces>& pieces() const { return pieces_; }

 private:
  /// The second colon of "::", which may stand once and is at least one piece of zeros.
  bool take_colon() {
    if (compress_ >= 0) return false;
    rest_.remove_prefix(1);
    compress_ = static_cast<int>(++count_);
    return true;
  }

  bool read_piece() {
    unsigned value = 0;
    std::size_t length = 0;
    for (; length < 4 && length < rest_.size() && hex_value(rest_[length]) >= 0; ++length)
      value = value * 16 + static_cast<unsigned>(hex_value(rest_[length]));
    if (length < rest_.size() && rest_[length] == '.') return length > 0 && read_ipv4_tail();
    rest_.remove_prefix(length);
    if (!rest_.empty()) {
      if (rest_[0] != ':') return false;
      rest_.remove_prefix(1);
      if (rest_.empty()) return false;
    }
    pieces_[count_++] = static_cast<std::uint16_t>(value);
    return true;
  }

  /// "1.2.3.4" in the place of the last two pieces: here only plain decimal numbers without leading zeros.
  bool read_ipv4_tail() {
    if (count_ > kPieces - 2) return false;
    std::array<unsigned, 4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      if (i > 0) {
        if (!rest_.starts_with('.')) return false;
        rest_.remove_prefix(1);
      }
      std::size_t length = 0;
      while (length < rest_.size() && is_digit(rest_[length])) ++length;
      if (length == 0 || length > 3 || (length > 1 && rest_[0] == '0')) return false;
      std::from_chars(rest_.data(), rest_.data() + length, bytes[i]);
      if (bytes[i] > 255) return false;
      rest_.remove_prefix(length);
    }
    if (!rest_.empty()) return false;
    pieces_[count_++] = static_cast<std::uint16_t>(bytes[0] << 8U | bytes[1]);
    pieces_[count_++] = static_cast<std::uint16_t>(bytes[2] << 8U | bytes[3]);
    return true;
  }

  /// Moves what follows "::" to the end.
  bool finish() {
    if (compress_ < 0) return count_ == kPieces;
    const auto begin = pieces_.begin() + compress_;
    std::rotate(begin, pieces_.begin() + static_cast<std::ptrdiff_t>(count_), pieces_.end());
    return true;
  }

  std::string_view rest_;
  std::array<std::uint16_t, kPieces> pieces_{};
  std::size_t count_ = 0;
  int compress_ = -1;  // the piece that follows "::"; -1: there is none
};

/// The first longest run of at least two zeros, as [begin, end); empty at the end where there is none.
std::pair<std::size_t, std::size_t> longest_zeros(const std::array<std::uint16_t, kPieces>& pieces) {
  std::pair<std::size_t, std::size_t> best{kPieces, kPieces};
  for (std::size_t i = 0; i < kPieces;) {
    std::size_t end = i;
    while (end < kPieces && pieces[end] == 0) ++end;
    if (end - i > 1 && end - i > best.second - best.first) best = {i, end};
    i = end + 1;
  }
  return best;
}

}  // namespace

bool append_ipv6(std::string_view text, std::string& out) {
  Ipv6Reader reader(text);
  if (!reader.read()) return false;
  const auto [zeros_begin, zeros_end] = longest_zeros(reader.pieces());
  for (std::size_t i = 0; i < kPieces;) {
    if (i == zeros_begin) {
      out += "::";
      i = zeros_end;
      continue;
    }
    if (i > 0 && i != zeros_end) out += ':';
    std::array<char, 4> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), reader.pieces()[i], 16);
    out.append(digits.data(), written.ptr);
    ++i;
  }
  return true;
}

}  // namespace wswp::url
