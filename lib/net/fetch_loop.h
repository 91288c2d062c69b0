#pragma once
// One thread's event loop of HTTP transfers: names are resolved (resolver.h), addresses judged (address_policy.h) and
// paced (address_table.h), and libcurl does the rest. Redirects are not followed: each hop is the caller's decision.
// No cookies but those of a request, no credentials files, no proxies from the environment.
//
//   start() ─▶ name ─▶ address policy ─▶ per-IP pacing ─▶ curl ─▶ on_head ─▶ on_body … ─▶ on_done
//
// Invariant: a handler given to start() gets exactly one on_done, unless the loop is destroyed first.
// All of a loop belongs to one thread, except wake(). Loops of different threads share nothing but the AddressTable.
// The first loop of a process sets SIGPIPE to be ignored, if nobody has decided otherwise.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/obstacle.h"
#include "base/result.h"
#include "net/fetch_error.h"

namespace wswp::net {

class AddressTable;

/// How many transfers a handle of libcurl serves; a loop for more has several (curl_multi.h).
constexpr std::size_t kTransfersPerHandle = 200;

struct FetchOptions {
  std::string user_agent = "wswp/1.0";
  std::int64_t connect_timeout_ms = 10'000;       // connecting, TLS included
  std::int64_t timeout_ms = 60'000;               // the whole transfer, names included, waiting for pacing not
  std::size_t max_body = std::size_t{10} << 20U;  // decoded bytes; a longer body is cut
  bool verify_tls = true;
  bool allow_private = false;        // see address_policy.h
  std::vector<std::string> proxies;  // "http://…", "https://…", "socks4://…", "socks5://…" (and 4a, 5h); one
                                     // at random per transfer; names are left to it in all cases
  std::string connect_to;            // "host:port": every connection goes there, past policy and proxies
  std::vector<std::string> nameservers;  // "127.0.0.1:5353", "[::1]:53"; empty: the system's and hosts(5)
  std::int64_t per_ip_delay_ms = 0;      // between two requests to one address; 0: off
  std::size_t max_dns_queries = 200;     // names asked for at once by this loop
  std::size_t max_dns_names = 20'000;    // names remembered by this loop
  std::int64_t dns_timeout_ms = 2'000;   // of the first try of a name server; doubles with each round
  int dns_tries = 3;                     // rounds over the name servers
  std::optional<bool> ipv6;              // ask for IPv6 addresses; nothing: if this machine reaches that internet
  std::string ca_file;                   // trusted certificates, PEM; empty: the system's
  std::size_t transfers = 100;           // in flight that the loop is laid out for; more cost more each
  std::size_t spare = 0;                 // in flight besides, for hosts that are silent; the loop does not count them
  std::size_t max_kept = 200;            // connections kept for a next request that may not come soon: see may_keep()
};

/// The first option that FetchLoop would not take, in words for the operator.
Result<> check(const FetchOptions& options);

/// How a request is sent. Each manner serves more servers than the one before, and costs more.
enum class Manner : std::uint8_t {
  kUsual,
  kHttp1,     // not over HTTP/2
  kFiltered,  // nor is the header left to libcurl as it is (relay.h); not through a proxy
};

struct Request {
  std::string_view url;      // absolute http(s), canonical, no fragment; copied by start()
  bool last = false;         // no further request to this host follows within a second: its connection is closed
  std::size_t max_body = 0;  // decoded bytes; 0: that of the options
  bool again = false;  // the request before it to this host, also of another caller, has left its connection open;
                       // only a hint, which saves telling curl the addresses once more
  Manner manner = Manner::kUsual;
  std::string_view cookies = {};  // "a=b; c=d", for the Cookie field; copied by start()
};

/// What is kept of a final (non-1xx) response's header. A field is "" where the header is absent. Of a repeated header
/// the first counts for location, refresh, expires, date and age, the last for retry_after. The others are joined:
/// content_type, cache_control and link by ", ", x_robots_tag by a line feed: there, what a line begins with holds for
/// the rest of it. `cookies` has the name and value of each Set-Cookie, as Request::cookies has them; what else it says
/// is dropped. Views are good until on_done returns.
struct ResponseHead {
  int status = 0;             // 0: the header did not come, or not all of it
  bool bad_location = false;  // Location is too long to be kept, or there are two that differ; `location` is not to
                              // be followed then
  std::string_view content_type, location, retry_after, cache_control, x_robots_tag, link, refresh, expires, date, age,
      cookies;
};

/// How a transfer ended. Views are good until on_done returns.
struct Response {
  FetchError error = FetchError::kNone;
  Obstacle obstacle = Obstacle::kNone;  // kLocal: what this machine is short of
  ResponseHead head;                    // status 0: no response came; may be there although error is set
  std::int64_t bytes = 0;               // of the body, decoded, as given to on_body
  bool truncated = false;               // cut at max_body
  std::optional<Manner> repeat;         // the request may be sent once more in this manner, which is no other try. So
                                        // it is with kReset, where a connection that had served before has ended, a
                                        // server asks for HTTP/1.1 (RFC 9113 7), or an HTTP/2 session has ended; and
                                        // with kProtocol, where libcurl cannot read a header that browsers can
  std::string_view remote_ip;           // "" before a connection; the proxy's with a proxy
  std::string_view http_version;        // "1.0", "1.1", "2", "3", or "" without a response
  std::int64_t elapsed_ms = 0;          // from start() to now, without the wait for pacing
};

/// Gets one transfer's events, from FetchLoop::run_once, on its thread. May call start() on the loop in any of them.
class FetchHandler {
 public:
  virtual ~FetchHandler() = default;
  /// Once, before the body.
  virtual void on_head(const ResponseHead& head) { static_cast<void>(head); }
  /// A piece of the decoded body, never empty. False: enough; the transfer ends as a success that is not truncated.
  virtual bool on_body(std::string_view piece) = 0;
  /// Once, last. The loop does not touch the handler afterwards; it may be deleted in here.
  virtual void on_done(const Response& response) = 0;
};

class FetchLoop {
 public:
  /// Throws std::invalid_argument for options that check() refuses. `shared` is only used with per_ip_delay_ms; without
  /// it, pacing knows of this loop's requests only. Clock and table must outlive the loop.
  FetchLoop(const FetchOptions& options, const Clock& clock, AddressTable* shared);
  ~FetchLoop();  // drops what is in flight without a word to the handlers
  FetchLoop(const FetchLoop&) = delete;
  FetchLoop& operator=(const FetchLoop&) = delete;

  /// Takes a transfer on; the handler is not called before run_once, and must live until its on_done.
  void start(const Request& request, FetchHandler& handler);

  /// One turn: waits for events for at most that long (-1: no limit; 0: not at all), then calls handlers. Returns early
  /// after wake(). Not to be called from a handler. Throws what a handler throws; the loop is of no use afterwards.
  void run_once(std::int64_t max_wait_ms);

  /// Ends the present wait or the next one. Any thread.
  void wake();

  /// Transfers started and not yet done, waiting ones included.
  std::size_t in_flight() const;

  /// For want of what no name can be looked up at present; the loop goes on trying.
  Obstacle obstacle() const;

  /// Whether a connection may stay open for a request that does not follow at once: not where `max_kept` do so already,
  /// more or less. Otherwise Request::last is to be set.
  bool may_keep() const;

  /// Ends the transfer of that handler, if it has one: on_done comes with `error` before this returns. Not to be called
  /// from a handler.
  void abort(const FetchHandler& handler, FetchError error);

  /// Ends all transfers: every handler gets on_done with `error` before this returns. What a handler starts meanwhile
  /// is ended as well. Not to be called from a handler.
  void abort_all(FetchError error);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wswp::net
