#pragma once
// The control socket: HTTP/1.1 over a Unix socket, one request at a time on one connection that is kept and renewed.
// A Client belongs to one thread. curl_global_init must have been called.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/reply.h"

namespace wswp::cli {

/// Fills up to `size` bytes, returns how many; 0 is the end of the body, an Error gives the whole request up.
using ReadBytes = std::function<Result<std::size_t>(char* buffer, std::size_t size)>;
/// Takes a piece of the answer; false gives the rest up.
using TakeBytes = std::function<bool(std::string_view piece)>;

/// The answer was read to its end.
struct Streamed {};

class Client {
 public:
  /// `socket`: path of the daemon's socket, at most 107 bytes (unix(7)).
  explicit Client(std::string socket);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// The JSON document at `path` ("/v1/status"). Gives up when there is no answer within 60 s.
  Reply<Json> get(const std::string& path);
  /// Posts an empty body. As get().
  Reply<Json> post(const std::string& path);
  /// Deletes what `path` names. As get().
  Reply<Json> remove(const std::string& path);
  /// Posts what `read` gives, chunked, as application/octet-stream; waits for the answer as long as it takes.
  Reply<Json> upload(const std::string& path, const ReadBytes& read);
  /// Hands the body of a 2xx answer to `take` as it arrives; an error's body never gets there.
  Reply<Streamed> stream(const std::string& path, const TakeBytes& take);
  /// Whether somebody accepts a new connection now.
  bool reachable();

  const std::string& socket() const { return socket_; }

 private:
  struct Exchange;
  /// Asks for a short answer before a request without a time limit, as a connection may also be accepted by the queue
  /// of a socket that nobody serves at present.
  Reply<Streamed> greet();
  Reply<Streamed> perform(Exchange& exchange);
  Reply<Json> perform_json(Exchange& exchange);
  Failure broken(const Exchange& exchange, int curl_code) const;
  void prepare(Exchange& exchange);

  std::string socket_;
  std::unique_ptr<void, void (*)(void*)> curl_;
};

}  // namespace wswp::cli
