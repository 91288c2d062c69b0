#pragma once
// HTTP/1.1 on a listening Unix socket (libmicrohttpd, a thread per connection): judges the peer, asks the router, sends
// what it says. The only file that knows the server library. Made and stopped by one thread.

#include <chrono>
#include <memory>
#include <vector>

#include "base/result.h"
#include "daemon/api/context.h"
#include "daemon/api/router.h"

namespace wswp::api {

class Server {
 public:
  struct Patience {
    unsigned idle_s = 10;    // with a connection on which no request comes
    unsigned unread_s = 60;  // with an answer of which nothing is read
  };

  /// Accepts on `listen_fd` (borrowed; it stays open) from now on. `context` outlives the server.
  static Result<std::unique_ptr<Server>> start(int listen_fd, std::vector<Route> routes, Context& context,
                                               Patience patience = {10, 60});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Accepts no more, waits up to `grace` for requests that are being answered, breaks the others off.
  void stop(std::chrono::milliseconds grace);

  /// Whether long requests have ended since the last call and none is under way: a good time to give memory back. Any
  /// thread.
  bool take_lull();

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace wswp::api
