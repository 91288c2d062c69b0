#pragma once
// Why nobody answers on the socket, and what a person can do about it.

#include <string>

namespace wswp::cli {

/// `error`: errno of connect(2); EACCES names the group to join, anything else how to start a daemon.
std::string unreachable_message(const std::string& socket, int error);

}  // namespace wswp::cli
