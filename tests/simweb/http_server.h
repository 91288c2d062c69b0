#pragma once
// The HTTP server: as many loops as threads, sharing one port. Started and stopped by one thread.

#include <memory>
#include <thread>
#include <vector>

#include "base/result.h"
#include "simweb/endpoint.h"
#include "simweb/http_loop.h"

namespace wswp::simweb {

class HttpServer {
 public:
  /// Listens; `endpoint` gets its port. `state` outlives the server.
  static Result<std::unique_ptr<HttpServer>> listen(ServerState& state, Endpoint& endpoint, unsigned threads);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  void start();
  /// Drops all connections and returns when the threads have ended.
  void stop();

 private:
  HttpServer() = default;

  std::vector<std::unique_ptr<HttpLoop>> loops_;
  std::vector<std::thread> threads_;
};

}  // namespace wswp::simweb
