#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "url/bytes.h"
#include "url/ip_address.h"

namespace wswp::url {

namespace {

constexpr std::uint64_t kTooLarge = std::uint64_t{1} << 32U;

/// https://url.spec.whatwg.org/#ipv4-number-parser; kTooLarge for every value above 32 bits.
std::optional<std::uint64_t> parse_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  int radix = 10;
  if (text.size() >= 2 && text[0] == '0' && to_lower(text[1]) == 'x') {
    radix = 16;
    text.remove_prefix(2);
  } else if (text.size() >= 2 && text[0] == '0') {
    radix = 8;
    text.remove_prefix(1);
  }
  std::uint64_t value = 0;
  for (const char c : text) {
    const int digit = hex_value(c);
    if (digit < 0 || digit >= radix) return std::nullopt;
    value = std::min(value * static_cast<unsigned>(radix) + static_cast<unsigned>(digit), kTooLarge);
  }
  return value;
}

void append_dotted(std::uint64_t address, std::string& out) {
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    if (shift != 32) out += '.';
    out += std::to_string((address >> (shift - 8)) & 0xFFU);
  }
}

}  // namespace

bool ends_in_number(std::string_view host) {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  const std::size_t dot = host.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  if (last.empty() || !is_digit(last[0])) return false;
  return std::all_of(last.begin(), last.end(), is_digit) ||
         (to_lower(last.size() > 1 ? last[1] : '0') == 'x' && parse_number(last));
}

bool append_ipv4(std::string_view host, std::string& out) {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  std::array<std::uint64_t, 4> parts{};
  std::size_t count = 0;
  for (bool last = false; !last;) {
    const std::size_t dot = host.find('.');
    last = dot == std::string_view::npos;
    const std::optional<std::uint64_t> number = parse_number(host.substr(0, dot));
    if (!number || count == parts.size()) return false;
    parts[count++] = *number;
    if (!last) host.remove_prefix(dot + 1);
  }
  std::uint64_t address = 0;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    if (parts[i] > 255) return false;
    address = address << 8U | parts[i];
  }
  const std::size_t tail_bits = 8 * (5 - count);  // the last part fills what the others leave
  if (parts[count - 1] >> tail_bits != 0) return false;
  append_dotted(address << tail_bits | parts[count - 1], out);
  return true;
}

}  // namespace wswp::url
