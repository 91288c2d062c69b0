#pragma once
// What somebody between client and server does to the records of a handshake and what follows. Pure.

#include <cstdint>
#include <string>

#include "delivery.h"

namespace wswp::fuzz {

/// The bytes of a flight of a connection to `host`, the `connection`th; of one flight in each something is changed,
/// left out or put in, or the connection ends in it.
Delivery tampered(std::uint64_t seed, const std::string& host, int connection, int flight, std::string bytes);

}  // namespace wswp::fuzz
