#include "simweb/endpoint.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <charconv>

#include <fmt/format.h>

namespace wswp::simweb {

sockaddr_in Endpoint::to_sockaddr() const {
  sockaddr_in socket_address{};
  socket_address.sin_family = AF_INET;
  socket_address.sin_addr.s_addr = htonl(address);
  socket_address.sin_port = htons(port);
  return socket_address;
}

std::string Endpoint::to_string() const {
  const std::uint32_t shown = address == INADDR_ANY ? INADDR_LOOPBACK : address;
  return fmt::format("{}.{}.{}.{}:{}", shown >> 24, (shown >> 16) & 255U, (shown >> 8) & 255U, shown & 255U, port);
}

Result<Endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  Endpoint endpoint;
  in_addr address{};
  if (colon != std::string_view::npos) {
    const std::string_view port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    const bool is_port = error == std::errc() && end == port.data() + port.size();
    if (is_port && inet_pton(AF_INET, std::string(text.substr(0, colon)).c_str(), &address) == 1) {
      endpoint.address = ntohl(address.s_addr);
      return endpoint;
    }
  }
  return Error{fmt::format("\"{}\" is not an IPv4 address and port such as 127.0.0.1:8080", text)};
}

Result<FileDescriptor> bind_socket(Endpoint& endpoint, int type, bool shared) {
  FileDescriptor fd(::socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return errno_error("cannot open a socket for", endpoint.to_string());
  const int on = 1;
  if (type == SOCK_STREAM) setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (shared) setsockopt(fd.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
  sockaddr_in address = endpoint.to_sockaddr();
  socklen_t length = sizeof(address);
  if (::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), length) < 0 ||
      getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &length) < 0) {
    return errno_error("cannot bind", endpoint.to_string());
  }
  endpoint.port = ntohs(address.sin_port);
  return fd;
}

}  // namespace wswp::simweb
