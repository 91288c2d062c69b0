#include "cli/default_socket.h"

#include <unistd.h>

#include <cerrno>

#include "config/paths.h"

namespace wswp::cli {

namespace {

bool is_there(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0 || errno == EACCES;
}

}  // namespace

std::string socket_of(const std::string& own, const std::string& system) {
  return !is_there(own) && is_there(system) ? system : own;
}

std::string default_socket() {
  return socket_of(config::default_paths().socket, config::root_paths().socket);
}

}  // namespace wswp::cli
