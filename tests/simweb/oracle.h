#pragma once
// What a perfect crawler records of a URL. The oracle follows the same rule book as the crawler (README.md,
// "Expectations") but asks the plan of each site instead of the network. It counts tries as the server would, so it
// foretells a crawl of a server that has just started. One thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "simweb/answer.h"
#include "simweb/robots_text.h"
#include "simweb/site_list.h"

namespace wswp::simweb {

struct OracleOptions {
  std::string agent = "wswp";
  unsigned retries = 2;
  std::size_t max_body = 10U << 20;
  unsigned max_redirects = 5;
  double timeout_s = 0;  // 0: whatever has a latency answers in time
  bool robots = true;
  bool via_dns = false;
  int year = 0;  // of the crawl, UTC; 0: now
};

/// The rules of a crawl, as `wswpctl add` knows them, with link_regex ".".
struct CrawlRules {
  bool follow = false;
  unsigned max_depth = 5;
  bool same_site = false;
  std::size_t max_hosts_per_site = 1000;
};

/// The figures of a page are zero or empty where the outcome is not "fetched".
struct Expected {
  std::string_view outcome;  // fetched, failed, disallowed, skipped
  int status = 0;            // 0: none
  std::string_view error;
  std::string redirect_to;
  std::string_view encoding;
  std::string title;
  std::size_t bytes = 0;
  bool is_truncated = false;
  bool leaves_origin = false;         // redirect_to is a new URL of the crawl
  std::vector<std::string> links;     // of an HTML page and of the header, canonical, duplicates included
  std::vector<std::string_view> cut;  // the rules that keep other links out, one a link
};

class Oracle {
 public:
  /// `world` outlives the oracle.
  Oracle(const World& world, OracleOptions options);

  /// `redirects` between origins led to the URL.
  Expected visit(const SiteUrl& url, unsigned redirects = 0);

 private:
  class CountedAttempts final : public Attempts {
   public:
    unsigned count(std::uint64_t key) override { return counts_[key]++; }

   private:
    std::unordered_map<std::uint64_t, unsigned> counts_;
  };

  /// What is known of a host's robots.txt; `error` where its URLs fail for it.
  struct RobotsVerdict {
    Rules rules = Rules::kAllowAll;
    std::string_view error;
  };

  /// One transfer. `error` is empty where an answer came.
  struct Transfer {
    std::string_view error;
    Answer answer;
  };
  Transfer transfer(const SiteUrl& url);
  RobotsVerdict robots_of(const SiteUrl& url);
  RobotsVerdict fetch_robots(const SiteUrl& url);
  Expected try_visit(const SiteUrl& url, unsigned redirects);
  Expected fetched(const SiteUrl& url, const Answer& answer) const;
  void add_links(Expected& expected, const SiteUrl& url, const Answer& answer) const;

  const World& world_;
  OracleOptions options_;
  CountedAttempts attempts_;
  std::unordered_map<std::uint64_t, RobotsVerdict> robots_;  // by hash of the authority
};

}  // namespace wswp::simweb
