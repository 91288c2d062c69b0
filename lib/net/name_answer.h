#pragma once
// What a name server's message says of the addresses of a name (RFC 1035, 4.1). Pure.
//
// Addresses count if the aliases lead from the question to them, each record's name compared without case. A message
// that says one thing here and another there is broken, whatever addresses it has.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "net/ip_address.h"

namespace wswp::net {

struct NameAnswer {
  enum class Kind : std::uint8_t {
    kFound,   // addresses has some
    kAbsent,  // there is no such name, or it has no address of this family
    kCut,     // not all of it came: to be asked for over TCP
    kBroken,  // nothing that can be believed
  };
  Kind kind = Kind::kBroken;
  std::vector<IpAddress> addresses;  // at most `most`, in the order of the message
  std::int64_t ttl_s = 0;            // the shortest of all records used; never negative (RFC 2181, 8)
};

/// `message` answers a question for the A (AF_INET) or AAAA (AF_INET6) records of `name`, and its code is no error.
/// `datagram`: it came over UDP, where 512 bytes are all there may be.
NameAnswer read_name_answer(std::span<const unsigned char> message, std::string_view name, int family, bool datagram,
                            std::size_t most);

}  // namespace wswp::net
