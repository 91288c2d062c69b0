#pragma once
// One frontier, filled to a size as the daemon fills it, and what each operation costs there. One thread.

#include <cstdint>
#include <string>

#include "stopwatch.h"

namespace wswp::bench {

/// How long transactions held the write lock, in milliseconds.
struct Held {
  double median = 0, p99 = 0, most = 0;
};

/// Costs are those of one operation: a URL that is added, with its share of the checkpoint; a host that is claimed; a
/// host that is recorded.
struct Figures {
  Spent add;           // the last chunk of the fill
  Spent add_more;      // 100,000 further hosts in one call
  Spent claim;         // in groups of 100
  Spent record;        // in groups of 100: an outcome and robots rules
  Spent record_links;  // the same with 20 links each, see page_links()
  double bytes_per_url = 0;
  Held add_held, claim_held, record_held;
};

struct TrialOptions {
  std::uint64_t urls = 0;         // hosts of one URL each
  std::uint64_t chunk = 500'000;  // URLs of the list in one call of add
};

/// Makes the database `path`, which must not exist. Says on stderr how far it is.
Figures run_trial(const std::string& path, const TrialOptions& options);

}  // namespace wswp::bench
