#pragma once
// Where the daemon's socket is when nobody says.

#include <string>

namespace wswp::cli {

/// As root the system's socket. As a user one's own daemon's, or the system's if only that one is there.
std::string default_socket();

/// `own`, or `system` if only that one is there. What may not be looked at is there: whoever is not in the group of the
/// system's daemon may not look into the folder of its socket, and is to be told so.
std::string socket_of(const std::string& own, const std::string& system);

}  // namespace wswp::cli
