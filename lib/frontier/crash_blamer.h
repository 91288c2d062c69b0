#pragma once
// Counts the death of a worker against the URL it was working on, so that one that kills whoever touches it ends as
// failed, and the crawl goes on.

#include <optional>

#include "frontier/types.h"
#include "frontier/visit_recorder.h"
#include "store/database.h"

namespace wswp::frontier {

/// A URL is tried again after that many deaths, and not after one more. Other failed tries count as well.
inline constexpr int kMaxCrashes = 2;

class CrashBlamer {
 public:
  CrashBlamer(store::Database& database, VisitRecorder& recorder, std::int64_t default_delay_ms);

  /// Releases the host, too: it rests for its delay first. `proven`: the URL is given up at once. None: the URL is not
  /// in flight.
  std::optional<Blamed> blame(const UrlKey& url, ScheduleMs now, WallMs wall, bool proven);

 private:
  VisitRecorder& recorder_;
  const std::int64_t default_delay_ms_;
  store::Statement find_;
};

}  // namespace wswp::frontier
