#pragma once
// A server that answers each request of any host as the test's script says, and remembers what was asked, when, and
// over which connection. The script runs on the threads of connections, one call at a time.

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "unit/net/raw_server.h"

namespace wswp::test {

struct Asked {
  MonoMs at = 0;
  std::string host, target;
  int connection = 0;  // from 1
  int times = 0;       // how often the host was asked for the target, this one included
};

class ScriptedSite {
 public:
  /// The bytes of the answer; empty: hangs up without one.
  using Script = std::function<std::string(const Asked&)>;

  explicit ScriptedSite(Script script)
      : script_(std::move(script)), server_([this](const net::Peer& peer) { serve(peer); }) {}

  std::string address() const { return server_.authority(); }

  /// The requests for a host so far, in their order; of pages only, or of robots.txt only.
  std::vector<Asked> pages(const std::string& host) const { return of(host, false); }
  std::vector<Asked> robots(const std::string& host) const { return of(host, true); }

 private:
  void serve(const net::Peer& peer) {
    int connection = 0;
    for (std::string head = peer.read_head(); !head.empty(); head = peer.read_head()) {
      const std::string answer = answer_to(head, connection);
      if (answer.empty()) return;
      peer.send(answer);
    }
  }

  std::string answer_to(const std::string& head, int& connection) {
    const std::lock_guard lock(mutex_);
    if (connection == 0) connection = ++connections_;
    const std::size_t target = head.find(' ') + 1;
    const std::size_t host = head.find("Host: ") + 6;
    Asked asked{.at = clock_.mono_ms(),
                .host = head.substr(host, head.find("\r\n", host) - host),
                .target = head.substr(target, head.find(' ', target) - target),
                .connection = connection};
    asked.times = ++times_[asked.host + asked.target];
    asked_.push_back(asked);
    return script_(asked);
  }

  std::vector<Asked> of(const std::string& host, bool robots) const {
    const std::lock_guard lock(mutex_);
    std::vector<Asked> found;
    for (const Asked& asked : asked_) {
      if (asked.host == host && (asked.target == "/robots.txt") == robots) found.push_back(asked);
    }
    return found;
  }

  const Script script_;
  const SystemClock clock_;
  mutable std::mutex mutex_;  // guards what follows
  std::vector<Asked> asked_;
  std::map<std::string, int> times_;
  int connections_ = 0;
  net::RawServer server_;  // last: its threads use the others
};

/// "503", "429 Slow down"; `fields` are lines with their ends.
inline std::string answer(const std::string& status, const std::string& body = "", const std::string& fields = "") {
  return "HTTP/1.1 " + status + "\r\nContent-Type: text/html\r\n" + fields +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace wswp::test
