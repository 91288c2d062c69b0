#include "simweb/http_server.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

namespace wswp::simweb {
namespace {

constexpr int kBacklog = 4096;

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::listen(ServerState& state, Endpoint& endpoint, unsigned threads) {
  std::unique_ptr<HttpServer> server(new HttpServer());
  for (unsigned i = 0; i < threads; ++i) {
    auto socket = bind_socket(endpoint, SOCK_STREAM, threads > 1);
    if (!socket) return socket.error();
    const int on = 1;  // inherited by the connections
    setsockopt(socket->get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (::listen(socket->get(), kBacklog) < 0) return errno_error("cannot listen on", endpoint.to_string());
    server->loops_.push_back(std::make_unique<HttpLoop>(state, *std::move(socket)));
  }
  return server;
}

HttpServer::~HttpServer() {
  stop();
}

void HttpServer::start() {
  for (const auto& loop : loops_) threads_.emplace_back([&loop = *loop] { loop.run(); });
}

void HttpServer::stop() {
  for (const auto& loop : loops_) loop->stop();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace wswp::simweb
