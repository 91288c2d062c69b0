#pragma once
// The thread of the control process that looks at all crawls once a second: for their rates, for the sums on the
// shared page, and for the heartbeat of the process. While crawls run it also notes in the database how far schedule
// time has come, and sees to it that what was recorded is soon safe from power cuts; and it looks whether somebody
// holds the log back. Has a database connection of its own, opened when it is first needed.

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "daemon/api/progress.h"
#include "daemon/log_watch.h"
#include "daemon/shared_page.h"
#include "frontier/frontier.h"

namespace wswp::daemon {

class Sampler {
 public:
  /// Begins when the control process is ready.
  Sampler(std::string database, SharedPage& page, api::Progress& progress, LogWatch& log, const Clock& clock);

  /// The thread ended by itself: a bug.
  bool failed() const { return failed_; }

 private:
  void run(const std::stop_token& stop);
  void sample();
  void note_time(bool crawls_run);
  void watch_log();
  /// Bounds what a power cut can take back, also of a crawl that is slow or has ended.
  void make_durable(std::int64_t total, std::int64_t done);
  void show(Obstacle obstacle, std::string_view details);

  const std::string database_;
  std::unique_ptr<frontier::Frontier> frontier_;  // null: not opened yet
  SharedPage& page_;
  api::Progress& progress_;
  LogWatch& log_;
  const Clock& clock_;
  ScheduleMs noted_at_ = 0;                        // the last time that note_time() wrote
  MonoMs durable_at_ = 0;                          // the last time that make_durable() did something
  std::pair<std::int64_t, std::int64_t> durable_;  // total and done as of then
  std::atomic<bool> failed_ = false;
  std::jthread thread_;  // last: it uses all the others
};

}  // namespace wswp::daemon
