#include "support/http_exchange.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>

#include "support/eventually.h"
#include "support/system_failure.h"

namespace wswp::test {
namespace {

FileDescriptor connected(int family, const void* address, socklen_t size) {
  FileDescriptor socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket || ::connect(socket.get(), static_cast<const sockaddr*>(address), size) != 0) fail("connect");
  return socket;
}

/// False: the peer has closed.
bool receive_more(const FileDescriptor& socket, std::string& bytes) {
  pollfd readable{socket.get(), POLLIN, 0};
  if (::poll(&readable, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count())) <= 0)
    throw std::runtime_error("no answer within the deadline; so far: " + bytes);
  std::array<char, 65536> piece{};
  const ssize_t n = ::recv(socket.get(), piece.data(), piece.size(), 0);
  if (n <= 0) return false;
  bytes.append(piece.data(), static_cast<std::size_t>(n));
  return true;
}

void parse_head(std::string_view head, HttpReply& reply) {
  const std::size_t blank = head.find(' ');
  if (blank != std::string_view::npos)
    std::from_chars(head.data() + blank + 1, head.data() + head.size(), reply.status);
  for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;) {
    const std::size_t end = head.find("\r\n", at + 2);
    const std::string_view line = head.substr(at + 2, end == std::string_view::npos ? end : end - at - 2);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
      std::string name(line.substr(0, colon));
      std::transform(name.begin(), name.end(), name.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
      const std::size_t value = line.find_first_not_of(' ', colon + 1);
      reply.headers.emplace(std::move(name), value == std::string_view::npos ? "" : line.substr(value));
    }
    at = end;
  }
}

/// The content of a complete chunked body (RFC 9112 7.1); nothing: more is to come.
std::optional<std::string> dechunked(std::string_view bytes) {
  std::string content;
  while (true) {
    const std::size_t line_end = bytes.find("\r\n");
    if (line_end == std::string_view::npos) return std::nullopt;
    std::size_t size = 0;
    std::from_chars(bytes.data(), bytes.data() + line_end, size, 16);
    bytes.remove_prefix(line_end + 2);
    if (size == 0) return content;
    if (bytes.size() < size + 2) return std::nullopt;
    content.append(bytes.substr(0, size));
    bytes.remove_prefix(size + 2);
  }
}

}  // namespace

FileDescriptor connect_unix(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) throw std::runtime_error("socket path too long: " + path);
  std::memcpy(address.sun_path, path.data(), path.size());
  return connected(AF_UNIX, &address, sizeof(address));
}

FileDescriptor connect_loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return connected(AF_INET, &address, sizeof(address));
}

void send_all(const FileDescriptor& socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n < 0) fail("send");
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

HttpReply receive_reply(const FileDescriptor& socket) {
  std::string bytes;
  bool open = true;
  std::size_t head_end = std::string::npos;
  while ((head_end = bytes.find("\r\n\r\n")) == std::string::npos && open) open = receive_more(socket, bytes);
  HttpReply reply;
  if (head_end == std::string::npos) return reply;
  parse_head(std::string_view(bytes).substr(0, head_end), reply);
  bytes.erase(0, head_end + 4);
  if (reply.headers["transfer-encoding"] == "chunked") {
    std::optional<std::string> content;
    while (!(content = dechunked(bytes)) && open) open = receive_more(socket, bytes);
    reply.body = content.value_or(bytes);
    return reply;
  }
  std::size_t length = reply.status == 204 || reply.status < 200 ? 0 : std::string::npos;
  if (const auto field = reply.headers.find("content-length"); field != reply.headers.end())
    length = std::stoul(field->second);
  while (bytes.size() < length && open) open = receive_more(socket, bytes);
  reply.body = std::move(bytes);
  return reply;
}

HttpReply exchange(const FileDescriptor& socket, std::string_view method, std::string_view target,
                   std::string_view host, std::string_view body) {
  send_all(socket, fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
                               method, target, host, body.size(), body));
  return receive_reply(socket);
}

}  // namespace wswp::test
