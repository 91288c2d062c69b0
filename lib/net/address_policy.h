#pragma once
// Which addresses a public crawl must not reach, so that neither a name nor a redirect leads it to services that are
// only open from the inside. Pure.

#include <string_view>

#include "net/ip_address.h"

namespace wswp::net {

/// Whether `address` is not globally reachable unicast: loopback, private, link-local, shared (CGNAT), documentation,
/// benchmarking, multicast, broadcast, reserved (IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 6890). An
/// IPv6 address that stands for an IPv4 one (mapped, NAT64 RFC 6052, 6to4 RFC 3056) is judged as that one.
bool is_private(const IpAddress& address);

/// Whether a canonical host name is that of the machine which looks it up, whatever DNS says: "localhost" and the names
/// below it (RFC 6761 6.3). A proxy would take it for its own.
bool is_private_name(std::string_view name);

}  // namespace wswp::net
