#pragma once
// "ADDRESS:PORT" of IPv4, and the sockets on it. Any thread.

#include <netinet/in.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace wswp::simweb {

struct Endpoint {
  std::uint32_t address = 0;  // host byte order
  std::uint16_t port = 0;     // 0: the kernel chooses

  sockaddr_in to_sockaddr() const;
  /// "127.0.0.1:8080"; the wildcard address is shown as 127.0.0.1, where one can connect to it.
  std::string to_string() const;
};

Result<Endpoint> parse_endpoint(std::string_view text);

/// A non-blocking socket bound to `endpoint`, whose port is filled in if it was 0. `type` is SOCK_STREAM or
/// SOCK_DGRAM; `shared`: several sockets of ours may have the port.
Result<FileDescriptor> bind_socket(Endpoint& endpoint, int type, bool shared);

}  // namespace wswp::simweb
