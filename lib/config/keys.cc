#include "config/keys.h"

#include <cstdint>
#include <utility>

#include "config/checks.h"
#include "config/readers.h"

namespace wswp::config {
namespace {

constexpr double kDay = 86400;  // seconds
constexpr std::int64_t kKiB = 1LL << 10U;
constexpr std::int64_t kGiB = 1LL << 30U;

template <class T>
Key top(std::string_view name, T Settings::*member, Reader<T> reader) {
  return {"", name, [member, read = std::move(reader)](const toml::node& node, Settings& settings) {
            return read(node, settings.*member);
          }};
}

/// The rows of one section: `section` is the member that holds it.
template <class Section>
struct SectionKeys {
  std::string_view name;
  Section Settings::*section;

  template <class T>
  Key operator()(std::string_view key, T Section::*member, Reader<T> reader) const {
    return {name, key, [outer = section, member, read = std::move(reader)](const toml::node& node, Settings& settings) {
              return read(node, settings.*outer.*member);
            }};
  }
};

std::vector<Key> make_keys() {
  const SectionKeys<Workers> workers{"workers", &Settings::workers};
  const SectionKeys<Fetch> fetch{"fetch", &Settings::fetch};
  const SectionKeys<Politeness> politeness{"politeness", &Settings::politeness};
  const SectionKeys<CrawlDefaults> crawl{"crawl", &Settings::crawl};
  const SectionKeys<Traps> traps{"traps", &Settings::traps};
  const SectionKeys<Log> log{"log", &Settings::log};
  return {
      top("data_dir", &Settings::data_dir, text(check_absolute_path)),
      top("socket", &Settings::socket, text(check_socket_path)),

      workers("processes", &Workers::processes, count(0, 256)),
      workers("threads", &Workers::threads, count(1, 256)),
      workers("transfers", &Workers::transfers, count(1, 10'000)),
      workers("stall_timeout", &Workers::stall_timeout_ms, duration(1, 3600)),

      fetch("user_agent", &Fetch::user_agent, text(check_user_agent)),
      fetch("connect_timeout", &Fetch::connect_timeout_ms, duration(0.01, 600)),
      fetch("timeout", &Fetch::timeout_ms, duration(0.01, kDay)),
      fetch("retries", &Fetch::retries, count(0, 100)),
      fetch("retry_delay", &Fetch::retry_delay_ms, duration(0, kDay)),
      fetch("max_body", &Fetch::max_body_bytes, size(kKiB, kGiB)),
      fetch("max_redirects", &Fetch::max_redirects, count(0, 50)),
      fetch("verify_tls", &Fetch::verify_tls, boolean()),
      fetch("allow_private", &Fetch::allow_private, boolean()),
      fetch("proxies", &Fetch::proxies, texts(check_proxy)),
      fetch("connect_to", &Fetch::connect_to, text(check_connect_to)),
      fetch("nameservers", &Fetch::nameservers, texts(check_nameserver)),

      politeness("robots", &Politeness::robots, boolean()),
      politeness("delay", &Politeness::delay_ms, duration(0, kDay)),
      politeness("max_crawl_delay", &Politeness::max_crawl_delay_ms, duration(0, kDay)),
      politeness("per_ip_delay", &Politeness::per_ip_delay_ms, duration(0, kDay)),
      politeness("adaptive", &Politeness::adaptive, factor(0, 100)),

      crawl("link_regex", &CrawlDefaults::link_regex, text(check_link_regex)),
      crawl("max_depth", &CrawlDefaults::max_depth, count(0, 10'000)),
      crawl("same_site", &CrawlDefaults::same_site, boolean()),
      crawl("max_urls_per_host", &CrawlDefaults::max_urls_per_host, large_count(1, 1'000'000'000)),

      traps("max_url_length", &Traps::max_url_length, count(0, 65'536)),
      traps("max_host_labels", &Traps::max_host_labels, count(0, 127)),
      traps("max_segments", &Traps::max_segments, count(0, 10'000)),
      traps("max_repeats", &Traps::max_repeats, count(0, 10'000)),
      traps("max_parameters", &Traps::max_parameters, count(0, 10'000)),
      traps("max_encodings", &Traps::max_encodings, count(0, 100)),
      traps("max_years_ahead", &Traps::max_years_ahead, count(0, 1000)),
      traps("first_year", &Traps::first_year, count(0, 9999)),
      traps("session_ids", &Traps::session_ids, session_ids()),
      traps("max_links", &Traps::max_links, large_count(0, 1'000'000'000)),
      traps("max_hosts_per_site", &Traps::max_hosts_per_site, large_count(0, 1'000'000'000)),

      log("level", &Log::level, log_level()),
  };
}

}  // namespace

const std::vector<Key>& keys() {
  static const std::vector<Key> table = make_keys();
  return table;
}

}  // namespace wswp::config
