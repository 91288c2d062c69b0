#pragma once
// What the answer to a request for /robots.txt means (RFC 9309 2.3.1) and how long it holds (2.4), decided in one pure
// function:
//
//   2xx                       the body is parsed, and holds for a day, or for less if its header says so (RFC 9111)
//   3xx                       "unavailable": more than kMaxRedirects hops, or a redirect to nowhere: all is allowed,
//   4xx but 429               also "unavailable";                             as long as a robots.txt would hold
//   5xx, 429, no answer       "unreachable": rules of an earlier answer go on serving; without any, all is disallowed
//                             until an answer comes, or until it has been so for 30 days: then all is allowed
//
// The caller follows redirects, also to other hosts, and counts hops. A 2xx whose body broke off is no answer.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace wswp::robots {

inline constexpr int kMaxRedirects = 5;  // hops, RFC 9309 2.3.1.2
inline constexpr std::int64_t kMaxLifetimeMs = 24LL * 3600 * 1000;
/// An answer holds at least this long: many sites send "max-age=0" with everything, and a robots.txt before every page
/// would serve them worse than a change that is seen ten minutes late.
inline constexpr std::int64_t kMinLifetimeMs = 10LL * 60 * 1000;
/// After so long without an answer a site that never gave one is crawled (RFC 9309 2.3.1.4).
inline constexpr std::int64_t kUnreachableLimitMs = 30LL * 24 * 3600 * 1000;
inline constexpr std::int64_t kMaxRetryDelayMs = 3600LL * 1000;

/// How the request ended.
struct Fetched {
  /// Of the last answer, after redirects; empty: there was none (name resolution, connection, TLS, timeout, cut off).
  std::optional<int> status = std::nullopt;
  /// More than kMaxRedirects hops; `status` does not matter then.
  bool too_many_redirects = false;
  /// Values of the fields of those names; empty: there was none. See cache_lifetime.h.
  std::string_view cache_control = {};
  std::string_view expires = {};
  std::string_view date = {};
  std::string_view age = {};
  /// Seconds a 429 or 503 asked to wait.
  std::optional<std::int64_t> retry_after_s = std::nullopt;
};

/// What earlier requests left behind; a default one stands for a site never asked before.
struct Known {
  bool has_rules = false;        // the last request that was answered gave a robots.txt
  WallMs unreachable_since = 0;  // when the present run of failures began; 0: the last request was answered
  int failures = 0;              // length of that run
};

enum class Use {
  kParse,        // the body
  kAllowAll,     //
  kDisallowAll,  //
  kKeep,         // the rules there are
};

struct Decision {
  Use use = Use::kParse;
  /// When to ask again; until then the rules hold.
  WallMs valid_until = 0;
  /// To be stored with the rules, and given back the next time.
  Known known;

  bool unreachable() const { return known.failures > 0; }
};

/// `first_retry_ms`: the wait after a first failure; doubles with each further one up to kMaxRetryDelayMs. A longer
/// Retry-After is obeyed up to kMaxLifetimeMs.
Decision after_fetch(const Fetched& fetched, const Known& known, WallMs now, std::int64_t first_retry_ms);

}  // namespace wswp::robots
