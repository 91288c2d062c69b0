#pragma once
// The thread of the control process that looks at all crawls once a second: for their rates, for the sums on the
// shared page, and for the heartbeat of the process. While crawls run it also notes in the database how far schedule
// time has come. Has a database connection of its own.

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "base/clock.h"
#include "daemon/api/progress.h"
#include "daemon/shared_page.h"
#include "frontier/frontier.h"

namespace wswp::daemon {

class Sampler {
 public:
  /// Throws frontier::Unavailable.
  Sampler(const std::string& database, SharedPage& page, api::Progress& progress, const Clock& clock);

  /// The thread ended by itself: a bug.
  bool failed() const { return failed_; }

 private:
  void run(const std::stop_token& stop);
  void sample();
  void note_time(bool crawls_run);
  void show(Obstacle obstacle, std::string_view details);

  std::unique_ptr<frontier::Frontier> frontier_;
  SharedPage& page_;
  api::Progress& progress_;
  const Clock& clock_;
  ScheduleMs noted_at_ = 0;               // the last time that note_time() wrote
  std::int64_t noted_wall_ahead_ms_ = 0;  // and what it found
  std::atomic<bool> failed_ = false;
  std::jthread thread_;  // last: it uses all the others
};

}  // namespace wswp::daemon
