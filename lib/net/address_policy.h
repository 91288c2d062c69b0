#pragma once
// Which addresses a public crawl must not reach, so that neither a name nor a redirect leads it to services that are
// only open from the inside. Pure.

#include "net/ip_address.h"

namespace wswp::net {

/// Whether `address` is not globally reachable unicast: loopback, private, link-local, shared (CGNAT), documentation,
/// benchmarking, multicast, broadcast, reserved (IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 6890). An
/// IPv6 address that stands for an IPv4 one (mapped, NAT64 RFC 6052, 6to4 RFC 3056) is judged as that one.
bool is_private(const IpAddress& address);

}  // namespace wswp::net
