#pragma once
// How fast each crawl goes: URLs that got an outcome per second, over about the last ten seconds; and how the crawls
// were when somebody looked last, for when the database cannot be read. Any thread.

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <span>
#include <vector>

#include "base/clock.h"
#include "frontier/types.h"

namespace wswp::api {

class Progress {
 public:
  /// The present counters of all crawls; called about once a second.
  void sample(std::span<const frontier::Crawl> crawls, MonoMs now);

  /// URLs a second of a crawl that is at `now`, which is `wall` to people, as given here: since the oldest sample, or,
  /// where there is none yet, since its beginning; 0 where too little is known.
  double rate(const frontier::Crawl& crawl, MonoMs now, WallMs wall) const;
  double total_rate() const;
  /// Somebody has read all crawls.
  void saw(std::span<const frontier::Crawl> crawls);
  /// As they were read last.
  std::vector<frontier::Crawl> last_seen() const;

 private:
  struct Sample {
    MonoMs at;
    std::int64_t done;
  };
  using Samples = std::deque<Sample>;
  static double rate_of(const Samples& samples);

  mutable std::mutex mutex_;
  std::map<frontier::CrawlId, Samples> crawls_;  // under mutex_, as is
  std::vector<frontier::Crawl> last_seen_;
};

}  // namespace wswp::api
