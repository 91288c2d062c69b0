#pragma once
// What the end of a transfer means for the URL: an outcome, another try, or a redirect to look at. Pure.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "net/fetch_loop.h"

namespace wswp::crawl {

enum class Next : std::uint8_t {
  kRecord,    // the try decided it: fetched, or failed if `error` is set
  kRetry,     // a failure that may pass: another try, or failed with `error` after the last
  kRedirect,  // to Location
};

struct Verdict {
  Next next = Next::kRecord;
  std::string_view error;     // of docs/ERRORS.md; empty: none
  std::int64_t asked_ms = 0;  // the server asks to be left alone that long (Retry-After)
  bool cut = false;           // the body ran into the time limit, and the crawl would not have read it
};

/// Any status but 429 and 5xx is an answer, also 404: the URL is fetched, and its status says what it was. So is a 2xx
/// with a body that is no page by its type, such as an endless stream of music, once the time limit has cut it.
Verdict judge(const net::Response& response, WallMs now);

/// Whether a transfer that failed brought an answer's header, and a fault of the body alone: such an answer still
/// redirects, or says that there is nothing.
bool is_body_failure(const net::Response& response);

/// Nothing is left to say to that host at this address: its name, a connection or TLS failed, so that robots.txt and
/// pages share one fate.
bool is_host_failure(net::FetchError error);

/// Milliseconds from `now` that a Retry-After value asks for, a day at most; 0 where it says nothing usable (RFC 9110
/// 10.2.3).
std::int64_t retry_after_ms(std::string_view value, WallMs now);

}  // namespace wswp::crawl
