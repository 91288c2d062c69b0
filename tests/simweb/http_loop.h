#pragma once
// One thread's share of the HTTP server: a listening socket, its connections and an epoll loop. Everything but stop()
// belongs to the thread that calls run().

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "base/file.h"
#include "simweb/connection.h"
#include "simweb/control.h"

namespace wswp::simweb {

/// What all loops of a server share.
struct ServerState {
  const World& world;
  Statistics& statistics;
  SharedAttempts& attempts;
  RequestLog& log;
  std::atomic<std::uint64_t> connection_ids{0};
};

class HttpLoop {
 public:
  /// `listener` is non-blocking and listens.
  HttpLoop(ServerState& state, FileDescriptor listener);

  /// Serves until stop().
  void run();
  /// Any thread.
  void stop();

 private:
  struct Timer {
    std::int64_t due_us;
    int fd;
    std::uint32_t generation;
    bool operator>(const Timer& other) const { return due_us > other.due_us; }
  };

  void watch(int fd, std::uint32_t events, std::uint32_t generation, int operation);
  int timeout_ms(std::int64_t now_us) const;
  void accept_all();
  void on_event(int fd, std::uint32_t generation, std::uint32_t events);
  void on_readable(Connection& connection);
  void fire_timers();
  Connection* find(int fd, std::uint32_t generation);

  /// These return false when the connection is gone.
  bool serve(Connection& connection, std::string_view bytes);
  bool serve_one(Connection& connection, const HttpRequest& received);
  bool answer(Connection& connection, const PageName& name, const HttpRequest& request, const Answer& answer);
  bool send_response(Connection& connection);
  bool continue_sending(Connection& connection);
  bool finish(Connection& connection);
  bool close(Connection& connection, bool reset = false);

  void delay(Connection& connection, const PageName& name, const HttpRequest& request, Answer answer);
  void want_write(Connection& connection, bool wanted);

  ServerState& state_;
  LogBuffer* log_;
  FileDescriptor listener_;
  FileDescriptor epoll_;
  FileDescriptor wake_;
  std::atomic<bool> is_stopping_{false};
  std::vector<std::unique_ptr<Connection>> connections_;  // by descriptor
  std::priority_queue<Timer, std::vector<Timer>, std::greater<>> timers_;
  std::vector<char> scratch_;
  Response response_;
  std::string host_;       // of the request at hand, in lower case
  std::string authority_;  // the same with its port
  std::uint32_t generations_ = 0;
  bool is_log_dirty_ = false;
  std::int64_t flushed_us_ = 0;
};

}  // namespace wswp::simweb
