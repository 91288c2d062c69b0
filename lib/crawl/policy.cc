#include "crawl/policy.h"

#include <algorithm>

#include "robots/product_token.h"

namespace wswp::crawl {

Policy Policy::from(const config::Settings& settings) {
  return {.obey_robots = settings.politeness.robots,
          .product_token = std::string(robots::product_token(settings.fetch.user_agent)),
          .delay_ms = settings.politeness.delay_ms,
          .max_crawl_delay_ms = settings.politeness.max_crawl_delay_ms,
          .adaptive = settings.politeness.adaptive,
          .first_retry_ms = settings.fetch.retry_delay_ms,
          .retry = {.retries = settings.fetch.retries, .retry_delay_ms = settings.fetch.retry_delay_ms},
          .max_redirects = settings.fetch.max_redirects,
          .traps = TrapPolicy::from(settings.traps)};
}

std::int64_t Policy::host_delay_ms(std::optional<std::int64_t> of_crawl_ms, std::int64_t of_robots_ms) const {
  return std::max(of_crawl_ms.value_or(delay_ms), std::min(of_robots_ms, max_crawl_delay_ms));
}

net::FetchOptions fetch_options(const config::Settings& settings) {
  const config::Fetch& fetch = settings.fetch;
  net::FetchOptions options;
  options.user_agent = fetch.user_agent;
  options.connect_timeout_ms = fetch.connect_timeout_ms;
  options.timeout_ms = fetch.timeout_ms;
  options.max_body = static_cast<std::size_t>(fetch.max_body_bytes);
  options.verify_tls = fetch.verify_tls;
  options.allow_private = fetch.allow_private;
  options.proxies = fetch.proxies;
  options.connect_to = fetch.connect_to;
  options.nameservers = fetch.nameservers;
  options.per_ip_delay_ms = settings.politeness.per_ip_delay_ms;
  options.transfers = static_cast<std::size_t>(settings.workers.transfers);
  return options;
}

}  // namespace wswp::crawl
