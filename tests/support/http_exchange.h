#pragma once
// HTTP/1.1 by hand, over a TCP or Unix socket: what a test sends is what goes over the wire. One thread.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/file.h"

namespace wswp::test {

struct HttpReply {
  int status = 0;                              // 0: no status line came
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // without chunks
};

/// Throw std::system_error if nobody listens.
FileDescriptor connect_unix(const std::string& path);
FileDescriptor connect_loopback(std::uint16_t port);

/// Throws std::system_error if the peer takes no more.
void send_all(const FileDescriptor& socket, std::string_view bytes);
/// One answer, read until it is complete or the connection ends. Throws std::runtime_error after kPatience of silence.
HttpReply receive_reply(const FileDescriptor& socket);

/// A request of its own connection with an optional body.
HttpReply exchange(const FileDescriptor& socket, std::string_view method, std::string_view target,
                   std::string_view host = "localhost", std::string_view body = "");

}  // namespace wswp::test
