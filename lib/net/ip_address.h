#pragma once
// An IPv4 or IPv6 address as a value. Pure.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wswp::net {

struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};  // network order; IPv4 uses the first four, the others are 0
  bool v6 = false;

  /// "192.0.2.1" or "2001:db8::1", without brackets, scope or port (inet_pton(3)); nothing for any other text.
  static std::optional<IpAddress> parse(std::string_view text);
  static IpAddress from_v4(const void* four_bytes);
  static IpAddress from_v6(const void* sixteen_bytes);

  /// The shortest usual form (inet_ntop(3)).
  std::string to_string() const;

  bool operator==(const IpAddress&) const = default;
};

/// Spreads over all 64 bits; the same in every process.
std::uint64_t hash_of(const IpAddress& address);

}  // namespace wswp::net
