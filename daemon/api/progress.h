#pragma once
// How fast each crawl goes: URLs that got an outcome per second, over about the last ten seconds. Any thread.

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <span>

#include "base/clock.h"
#include "frontier/types.h"

namespace wswp::api {

class Progress {
 public:
  /// The present counters of all crawls; called about once a second.
  void sample(std::span<const frontier::Crawl> crawls, MonoMs now);

  /// URLs a second; 0 where too little is known.
  double rate(frontier::CrawlId crawl) const;
  double total_rate() const;

 private:
  struct Sample {
    MonoMs at;
    std::int64_t done;
  };
  using Samples = std::deque<Sample>;
  static double rate_of(const Samples& samples);

  mutable std::mutex mutex_;
  std::map<frontier::CrawlId, Samples> crawls_;  // under mutex_
};

}  // namespace wswp::api
