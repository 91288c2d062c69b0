#pragma once
// A TCP server on 127.0.0.1 that does with each connection what the test's script says, byte for byte. The scripts run
// on threads of their own; the destructor hangs up and waits for them.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/file.h"

namespace wswp::net {

/// The server's end of a connection.
class Peer {
 public:
  explicit Peer(int fd) : fd_(fd) {}

  /// The next request up to its blank line; "" once the client has hung up, or where it begins to speak TLS.
  std::string read_head() const {
    std::string head;
    char c = 0;
    while (!head.ends_with("\r\n\r\n")) {
      if (recv(fd_, &c, 1, 0) != 1 || (head.empty() && c == '\x16')) return "";
      head += c;
    }
    return head;
  }
  /// The next `count` bytes; fewer once the client has hung up.
  std::string read(std::size_t count) const {
    std::string bytes(count, '\0');
    bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(recv(fd_, bytes.data(), count, MSG_WAITALL), 0)));
    return bytes;
  }
  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  /// The connection will end with a RST instead of a FIN.
  void reset_at_end() const {
    const linger now{1, 0};
    setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
  }
  void wait_for_hang_up() const {
    std::array<char, 512> sink{};
    while (recv(fd_, sink.data(), sink.size(), 0) > 0) {
    }
  }
  /// False: the client is still there, and has sent nothing, after that time.
  bool stirs_within(int milliseconds) const {
    pollfd readable{fd_, POLLIN, 0};
    return poll(&readable, 1, milliseconds) != 0;
  }

 private:
  int fd_;
};

class RawServer {
 public:
  using Script = std::function<void(const Peer&)>;

  explicit RawServer(Script script)
      : script_(std::move(script)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size);
    listen(listener_.get(), 64);
    getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~RawServer() {
    shutdown(listener_.get(), SHUT_RDWR);
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const FileDescriptor& fd : open_) shutdown(fd.get(), SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
  }
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url(std::string_view path = "/") const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
  }
  std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
  int connections() const { return connections_; }

 private:
  void accept_all() {
    while (true) {
      const int fd = accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) return;
      ++connections_;
      std::size_t index = 0;
      {
        const std::lock_guard lock(mutex_);
        index = open_.size();
        open_.emplace_back(fd);
      }
      threads_.emplace_back([this, fd, index] {
        script_(Peer(fd));
        const std::lock_guard lock(mutex_);
        open_[index].reset();
      });
    }
  }

  const Script script_;
  FileDescriptor listener_;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_ = 0;
  std::mutex mutex_;
  std::vector<FileDescriptor> open_;  // guarded by mutex_
  std::vector<std::thread> threads_;  // of the acceptor until it is joined
  std::thread acceptor_;
};

/// A script that answers every request of a connection with the same bytes.
inline RawServer::Script always(std::string response) {
  return [response = std::move(response)](const Peer& peer) {
    while (!peer.read_head().empty()) peer.send(response);
  };
}

/// A script that answers one request and hangs up.
inline RawServer::Script once(std::string response) {
  return [response = std::move(response)](const Peer& peer) {
    if (!peer.read_head().empty()) peer.send(response);
  };
}

inline std::string ok_response(std::string_view body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}

}  // namespace wswp::net
