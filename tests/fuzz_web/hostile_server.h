#pragma once
// A TCP server on 127.0.0.1 for any number of conversations, in one thread of its own. It sends what they say, piece by
// piece, and ends connections as they say.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "base/file.h"
#include "delivery.h"

namespace wswp::fuzz {

class HostileServer {
 public:
  using Greet = std::function<std::unique_ptr<Conversation>()>;

  /// `greet` makes the conversation of each connection, in the server's thread. Throws std::system_error.
  explicit HostileServer(Greet greet);
  ~HostileServer();
  HostileServer(const HostileServer&) = delete;
  HostileServer& operator=(const HostileServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  using Clock = std::chrono::steady_clock;

  struct Connection {
    FileDescriptor socket;
    std::unique_ptr<Conversation> conversation;
    std::deque<std::string> pieces;  // still to be sent
    std::size_t sent = 0;            // of the first
    int pause_ms = 0;
    End end = End::kKeep;
    Clock::time_point due;  // nothing is sent, or closed, before
    bool blocked = false;   // the kernel takes no more
    bool resting = false;   // all is sent; closes when it is due
  };

  void run();
  void accept_all();
  void watch(int fd, std::uint32_t events, int operation);
  /// These return false when the connection is over.
  bool receive(Connection& connection);
  bool advance(Connection& connection, Clock::time_point now);
  bool send_pieces(Connection& connection, Clock::time_point now);
  static bool finish(Connection& connection, Clock::time_point now);
  int wait_ms(Clock::time_point now) const;

  const Greet greet_;
  FileDescriptor listener_, epoll_, stop_;
  std::uint16_t port_ = 0;
  std::map<int, Connection> connections_;
  std::thread thread_;
};

}  // namespace wswp::fuzz
