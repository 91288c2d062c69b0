#pragma once
// Where connections go instead of the URL's host and port: connect_to, or a proxy. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "net/fetch_loop.h"
#include "net/ip_address.h"

namespace wswp::net {

struct Detour {
  std::string host;  // to be looked up instead of the URL's; without brackets
  std::uint16_t port = 0;
  std::string proxy;                 // for CURLOPT_PROXY; "": connect_to
  std::optional<IpAddress> literal;  // `host`, if it is an address
};

/// connect_to, or else every proxy, each in the kind that resolves names itself. Precondition: check(options).
std::vector<Detour> detours_of(const FetchOptions& options);

}  // namespace wswp::net
