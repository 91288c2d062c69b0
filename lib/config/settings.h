#pragma once
// What wswpd.toml can say, as plain typed values; a default-constructed Settings is that of a daemon run by root
// without a file. Each member stands for the key of the same name, in the section of the same name; durations have
// become milliseconds (`_ms`) and sizes bytes (`_bytes`). Ranges are those load.h accepts, both ends included.
//
// A plain value: copy it where it is needed; never shared between threads while it changes.

#include <cstdint>
#include <string>
#include <vector>

#include "base/log.h"

namespace wswp::config {

struct Workers {
  int processes = 0;                       // 0 to 256; 0: one per CPU, see effective_processes()
  int threads = 5;                         // fetch threads per process, 1 to 256
  int transfers = 100;                     // in flight per thread, 1 to 10,000; 1: one download per thread
  std::int64_t stall_timeout_ms = 30'000;  // a process that stands still for longer is replaced; 1 s to one hour

  bool operator==(const Workers&) const = default;
};

struct Fetch {
  std::string user_agent = "wswp/1.0";        // begins with a product token (RFC 9309 2.2.1), printable ASCII
  std::int64_t connect_timeout_ms = 10'000;   // 0.01 s to 10 minutes
  std::int64_t timeout_ms = 60'000;           // whole transfer, 0.01 s to one day
  int retries = 2;                            // further tries after a failure that may pass, 0 to 100
  std::int64_t retry_delay_ms = 5'000;        // before the first further try, doubles; 0 to one day
  std::int64_t max_body_bytes = 10LL << 20U;  // decoded; 1 KiB to 1 GiB
  int max_redirects = 5;                      // 0 to 50
  bool verify_tls = true;                     //
  bool allow_private = false;                 // may a name or redirect lead to a private or loopback address
  std::vector<std::string> proxies;           // URLs: http, https, socks4, socks4a, socks5, socks5h
  std::string connect_to;                     // "host:port"; empty: off
  std::vector<std::string> nameservers;       // IP, IP:port or [IPv6]:port; empty: the system's

  bool operator==(const Fetch&) const = default;
};

struct Politeness {
  bool robots = true;                        // obey robots.txt
  std::int64_t delay_ms = 5'000;             // between two requests to one host, 0 to one day
  std::int64_t max_crawl_delay_ms = 30'000;  // a larger Crawl-delay is cut to this; 0 to one day
  std::int64_t per_ip_delay_ms = 0;          // between two requests to one address, 0 (off) to one day
  double adaptive = 0;                       // the delay in answer times of the host, 0 (off) to 100

  bool operator==(const Politeness&) const = default;
};

/// Defaults of a new crawl.
struct CrawlDefaults {
  std::string link_regex = "$^";             // RE2, searched in the canonical URL; "$^" follows nothing
  int max_depth = 5;                         // hops from a seed, 0 to 10,000
  bool same_site = true;                     // only within the seed's registrable domain or host
  std::int64_t max_urls_per_host = 100'000;  // 1 to 1,000,000,000

  bool operator==(const CrawlDefaults&) const = default;
};

/// What becomes of a link with a session id.
enum class SessionIds : std::uint8_t {
  kDrop,  // followed without it
  kSkip,  // not followed
  kKeep,  // followed as it stands
};

/// Rules against endlessly many URLs, for links and redirects; see url/trap_rules.h. 0 switches a rule off.
struct Traps {
  int max_url_length = 2048;  // bytes, 0 to 65,536
  int max_host_labels = 10;   // 0 to 127
  int max_segments = 20;      // of a path, 0 to 10,000
  int max_repeats = 3;        // of a segment or parameter in one URL, 0 to 10,000
  int max_parameters = 20;    // of a query, 0 to 10,000
  int max_encodings = 2;      // of a percent sign, 0 to 100
  int max_years_ahead = 2;    // of dates, 0 to 1,000; 0: no date is far
  int first_year = 1900;      // of dates, 0 to 9,999
  SessionIds session_ids = SessionIds::kDrop;
  std::int64_t max_links = 10'000;         // that one page may bring, 0 to 1,000,000,000
  std::int64_t max_hosts_per_site = 1000;  // that links add to a crawl, 0 to 1,000,000,000

  bool operator==(const Traps&) const = default;
};

struct Log {
  log::Level level = log::Level::kInfo;

  bool operator==(const Log&) const = default;
};

struct Settings {
  std::string data_dir = "/var/lib/wswp";       // absolute
  std::string socket = "/run/wswp/wswpd.sock";  // absolute, at most 107 bytes (unix(7))
  Workers workers;
  Fetch fetch;
  Politeness politeness;
  CrawlDefaults crawl;
  Traps traps;
  Log log;

  bool operator==(const Settings&) const = default;
};

/// The number of worker processes to start, at least 1, where `cpus` are available (0: not known).
int effective_processes(const Workers& workers, unsigned cpus);
/// The same with the CPUs this process may use.
int effective_processes(const Workers& workers);

}  // namespace wswp::config
