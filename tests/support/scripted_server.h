#pragma once
// A web server on 127.0.0.1 that plays many hosts and answers each request with exactly the bytes a test gives, and
// writes down what it was asked. A path that has no answer has a plain one: 404 for robots.txt, else a page "landed".
// Answers are set before the first request; the log may be read by any thread at any time.

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "unit/net/raw_server.h"

namespace wswp::test {

/// What goes out for one request, and what happens to the connection then.
struct Reply {
  enum class Then : std::uint8_t {
    kClose,
    kKeep,   // the next request is awaited
    kReset,  // RST
    kHold,   // nothing more is sent until the client hangs up
    kDrip,   // `tail` goes out again and again, a bit at a time, until the client hangs up
    kTail,   // `tail` goes out in a packet of its own, once the client has had time to read the rest
  };
  std::string bytes;
  Then then = Then::kClose;
  std::string tail;
};

struct ScriptedRequest {
  std::string host;    // the Host field
  std::string target;  // of the request line
  std::string head;    // all of it
};

class ScriptedServer {
 public:
  ScriptedServer() : server_([this](const net::Peer& peer) { serve(peer); }) {}

  /// `place` is "host/path?query", with the host as the Host field has it.
  void answer(const std::string& place, Reply reply) { replies_.insert_or_assign(place, std::move(reply)); }

  std::uint16_t port() const { return server_.port(); }
  std::string authority() const { return server_.authority(); }
  int connections() const { return server_.connections(); }
  /// All requests so far. Fails the test where there are fewer than `least`.
  std::vector<ScriptedRequest> asked(std::size_t least) const;
  /// What a host was asked for, without its robots.txt.
  std::vector<std::string> targets(std::string_view host) const;

 private:
  void serve(const net::Peer& peer);
  Reply reply_to(const ScriptedRequest& asked) const;

  std::map<std::string, Reply> replies_;
  mutable std::mutex mutex_;
  std::vector<ScriptedRequest> log_;  // guarded by mutex_
  net::RawServer server_;             // last: its threads use the others
};

/// "HTTP/1.1 `status` X" with these header lines ("A: b\r\n…"), and the body with its length.
std::string http(int status, std::string_view header_lines = "", std::string_view body = "");
/// A page of text/html with this title.
std::string page(std::string_view title);

}  // namespace wswp::test
