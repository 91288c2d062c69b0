#include "cli/default_socket.h"

#include <unistd.h>

#include "config/paths.h"

namespace wswp::cli {

std::string default_socket() {
  std::string own = config::default_paths().socket;
  std::string system = config::root_paths().socket;
  const bool only_system = ::access(own.c_str(), F_OK) != 0 && ::access(system.c_str(), F_OK) == 0;
  return only_system ? system : own;
}

}  // namespace wswp::cli
