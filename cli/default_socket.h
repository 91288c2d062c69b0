#pragma once
// Where the daemon's socket is when nobody says.

#include <string>

namespace wswp::cli {

/// As root the system's socket. As a user one's own daemon's, or the system's if only that one is there.
std::string default_socket();

}  // namespace wswp::cli
