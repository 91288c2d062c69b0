#include "net/address_policy.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace wswp::net {
namespace {

template <std::size_t N>
struct Prefix {
  std::array<std::uint8_t, N> bytes;
  unsigned bits;
};

template <std::size_t N>
bool matches(const Prefix<N>& prefix, const std::uint8_t* address) {
  const std::size_t whole = prefix.bits / 8;
  if (!std::equal(prefix.bytes.data(), prefix.bytes.data() + whole, address)) return false;
  const unsigned rest = prefix.bits % 8;
  return rest == 0 || ((prefix.bytes[whole] ^ address[whole]) >> (8U - rest)) == 0;
}

using V4 = Prefix<4>;
constexpr std::array kPrivateV4{
    V4{{0, 0, 0, 0}, 8},        // this network
    V4{{10, 0, 0, 0}, 8},       // private
    V4{{100, 64, 0, 0}, 10},    // shared, carrier-grade NAT
    V4{{127, 0, 0, 0}, 8},      // loopback
    V4{{169, 254, 0, 0}, 16},   // link-local
    V4{{172, 16, 0, 0}, 12},    // private
    V4{{192, 0, 0, 0}, 24},     // IETF protocol assignments
    V4{{192, 0, 2, 0}, 24},     // documentation
    V4{{192, 88, 99, 0}, 24},   // 6to4 relay, deprecated
    V4{{192, 168, 0, 0}, 16},   // private
    V4{{198, 18, 0, 0}, 15},    // benchmarking
    V4{{198, 51, 100, 0}, 24},  // documentation
    V4{{203, 0, 113, 0}, 24},   // documentation
    V4{{224, 0, 0, 0}, 4},      // multicast
    V4{{240, 0, 0, 0}, 4},      // reserved, broadcast
};

using V6 = Prefix<16>;
constexpr V6 kMapped{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};
constexpr V6 kNat64{{0, 0x64, 0xff, 0x9b}, 96};
constexpr V6 kSixToFour{{0x20, 0x02}, 16};
constexpr V6 kGlobalUnicast{{0x20}, 3};
constexpr std::array kPrivateInGlobalUnicast{
    V6{{0x20, 0x01, 0x00}, 23},        // IETF protocol assignments: Teredo, benchmarking, ORCHID
    V6{{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    V6{{0x3f, 0xff, 0x00}, 20},        // documentation
};

bool is_private_v4(const std::uint8_t* address) {
  return std::any_of(kPrivateV4.begin(), kPrivateV4.end(), [&](const V4& range) { return matches(range, address); });
}

bool is_private_v6(const std::uint8_t* address) {
  if (matches(kMapped, address) || matches(kNat64, address)) return is_private_v4(address + 12);
  if (matches(kSixToFour, address)) return is_private_v4(address + 2);
  if (!matches(kGlobalUnicast, address)) return true;
  return std::any_of(kPrivateInGlobalUnicast.begin(), kPrivateInGlobalUnicast.end(),
                     [&](const V6& range) { return matches(range, address); });
}

}  // namespace

bool is_private_name(std::string_view name) {
  constexpr std::string_view kLocalhost = "localhost";
  if (name.ends_with('.')) name.remove_suffix(1);
  if (!name.ends_with(kLocalhost)) return false;
  name.remove_suffix(kLocalhost.size());
  return name.empty() || name.ends_with('.');
}

bool is_private(const IpAddress& address) {
  return address.v6 ? is_private_v6(address.bytes.data()) : is_private_v4(address.bytes.data());
}

}  // namespace wswp::net
