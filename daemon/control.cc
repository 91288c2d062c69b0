#include "daemon/control.h"

#include <unistd.h>

#include <chrono>
#include <exception>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "base/obstacle.h"
#include "daemon/api/context.h"
#include "daemon/api/resources.h"
#include "daemon/api/server.h"
#include "daemon/child.h"
#include "daemon/daemon_clock.h"
#include "daemon/sampler.h"
#include "daemon/signals.h"
#include "daemon/worker.h"
#include "frontier/sqlite_frontier.h"
#include "store/migrate.h"

namespace wswp::daemon {
namespace {

constexpr std::chrono::seconds kTick{1};
constexpr std::chrono::seconds kGrace{3};  // for requests that are being answered

/// What is done before workers run: time goes on, and what the last run had leased is given back.
void take_over(frontier::Frontier& frontier, SharedPage& page, const Clock& clock) {
  page.schedule_offset_ms = frontier.settle_time(boot_now(), clock.wall_ms());
  const std::int64_t voided = frontier.reclaim(std::nullopt, clock.schedule_ms());
  if (voided > 0) log::info("voided {} leases of the last run", voided);
}

/// The same as soon as the storage lets it. False: told to stop before that.
bool take_over_patiently(const std::string& database, const config::Settings& settings, SharedPage& page,
                         const Clock& clock) {
  constexpr std::chrono::milliseconds kRetry{500};
  do {
    page.control.heartbeat_ms = clock.mono_ms();
    try {
      take_over(*frontier::open_frontier(database, {.default_delay_ms = settings.politeness.delay_ms}), page, clock);
      page.control.obstacle = Obstacle::kNone;
      return true;
    } catch (const frontier::Unavailable& e) {
      if (page.control.obstacle != e.obstacle())
        log::error("the crawl cannot start: {} ({})", explain(e.obstacle()), e.what());
      page.control.obstacle = e.obstacle();
    }
  } while (!wait_for_sigterm(kRetry));
  return false;
}

int serve(const ControlJob& job) {
  const std::string database = database_path(job.settings);
  if (job.prepare_database) {
    if (auto migrated = store::migrate(database); !migrated) {
      log::error("{}", migrated.message());
      return kExitCannotStart;
    }
  }
  const DaemonClock clock(*job.page);
  api::Progress progress;
  api::Context context(job.settings, database, job.page, job.wake_fds, job.load_settings, ::getppid(), clock, progress);
  Sampler sampler(database, *job.page, progress, clock);
  auto server = api::Server::start(job.listen_fd, api::routes(), context);
  if (!server) {
    log::error("{}", server.message());
    return 1;
  }
  // Questions are answered from here on, also while the storage does not let the crawl begin.
  if (!job.prepare_database || take_over_patiently(database, job.settings, *job.page, clock)) {
    job.page->control.ready = true;
    signal_event(job.ready_fd);
    while (!wait_for_sigterm(kTick)) {
      if (sampler.failed()) return 1;
    }
  }
  (*server)->stop(kGrace);
  return 0;
}

}  // namespace

int run_control(const ControlJob& job) {
  try {
    return serve(job);
  } catch (const std::exception& e) {
    log::error("cannot go on: {}", e.what());
    return 1;
  }
}

}  // namespace wswp::daemon
