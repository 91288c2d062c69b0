#pragma once
// How visits behave, taken from the settings once at start. Immutable; shared by all threads of a worker.

#include <cstdint>
#include <optional>
#include <string>

#include "config/settings.h"
#include "crawl/poison.h"
#include "crawl/trap_policy.h"
#include "frontier/retry_policy.h"
#include "net/fetch_loop.h"

namespace wswp::crawl {

struct Policy {
  bool obey_robots = true;
  std::string product_token;      // of the user agent
  std::int64_t delay_ms = 5'000;  // of crawls that have none of their own
  std::int64_t max_crawl_delay_ms = 30'000;
  double adaptive = 0;  // the delay is at least so many times what the host's answers take
  std::int64_t first_retry_ms = 5'000;
  frontier::RetryPolicy retry;
  int max_redirects = 5;
  TrapPolicy traps;
  Poison poison;  // none, but in tests of crashes

  static Policy from(const config::Settings& settings);

  /// How long a host is left alone between two requests: the crawl's delay, or the host's own where that is longer.
  std::int64_t host_delay_ms(std::optional<std::int64_t> of_crawl_ms, std::int64_t of_robots_ms) const;
};

net::FetchOptions fetch_options(const config::Settings& settings);

}  // namespace wswp::crawl
