#include "daemon/control.h"

#include <malloc.h>
#include <unistd.h>

#include <chrono>
#include <exception>
#include <memory>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "base/obstacle.h"
#include "daemon/api/context.h"
#include "daemon/api/resources.h"
#include "daemon/api/server.h"
#include "daemon/child.h"
#include "daemon/daemon_clock.h"
#include "daemon/log_watch.h"
#include "daemon/sampler.h"
#include "daemon/signals.h"
#include "daemon/worker.h"
#include "frontier/sqlite_frontier.h"
#include "store/checkpointer.h"
#include "store/database.h"
#include "store/migrate.h"

namespace wswp::daemon {
namespace {

constexpr std::chrono::seconds kTick{1};
constexpr std::chrono::seconds kGrace{3};  // for requests that are being answered

/// What is done before workers run: the schema is brought up to date, time goes on, and what the last run had leased is
/// given back. An error is one that no waiting will mend. The log of the last run is left for checkpoint_aside().
Result<std::unique_ptr<store::Database>> take_over(const std::string& path, const config::Settings& settings,
                                                   SharedPage& page, const Clock& clock) {
  auto database = store::open_migrated(path);
  if (!database) return database;
  const auto frontier = frontier::open_frontier(
      path, {.default_delay_ms = settings.politeness.delay_ms, .checkpoints = store::Checkpoints::kOthers});
  page.schedule_offset_ms = frontier->settle_time(boot_now(), clock.wall_ms());
  page.wall_ahead_ms = clock.wall_ms() - clock.schedule_ms();
  const std::int64_t voided = frontier->reclaim(std::nullopt, clock.schedule_ms());
  if (voided > 0) log::info("voided {} leases of the last run", voided);
  return database;
}

/// Moves the log of the last run to the database file while the crawl begins: it may be long, and whoever commits
/// first would have to do it otherwise.
std::jthread checkpoint_aside(std::unique_ptr<store::Database> database) {
  return std::jthread([database = std::move(database)] {
    store::checkpoint_unattended([&database] { return database->checkpoint(); });
  });
}

enum class Start { kDone, kHopeless, kToldToStop };

struct TakenOver {
  Start start = Start::kDone;
  std::unique_ptr<store::Database> database;  // with kDone
};

/// The same as soon as the storage lets it.
TakenOver take_over_patiently(const ControlJob& job, const std::string& database, const Clock& clock) {
  constexpr std::chrono::milliseconds kRetry{500};
  ChildSlot& slot = job.page->control;
  const auto wait_for = [&slot](Obstacle obstacle, std::string_view details) {
    if (slot.obstacle != obstacle) log::error("the crawl waits: {} ({})", explain(obstacle), details);
    slot.obstacle = obstacle;
  };
  do {
    try {
      auto taken = take_over(database, job.settings, *job.page, clock);
      if (!taken) {
        log::error("{}", taken.message());
        return {.start = Start::kHopeless, .database = nullptr};
      }
      if (slot.obstacle != Obstacle::kNone) log::info("the database can be written again; the crawl goes on");
      slot.obstacle = Obstacle::kNone;
      return {.start = Start::kDone, .database = std::move(*taken)};
    } catch (const store::Failure& e) {
      wait_for(e.obstacle(), e.what());
    } catch (const frontier::Unavailable& e) {
      wait_for(e.obstacle(), e.what());
    }
  } while (!wait_for_sigterm(kRetry));
  return {.start = Start::kToldToStop, .database = nullptr};
}

/// Lists and long answers leave free memory behind that the allocator would keep, in one heap for each of many threads.
void give_memory_back(api::Context& context) {
  context.long_reports().close_idle();
  ::malloc_trim(0);
}

/// Questions are answered from the start, also while the storage does not let the crawl begin.
int serve(const ControlJob& job) {
  const std::string database = database_path(job.settings);
  const DaemonClock clock(*job.page);
  api::Progress progress;
  LogWatch log(database);
  api::Context context(job.settings, database, job.page, job.wake_fds, job.load_settings, ::getppid(), clock, progress,
                       log);
  const Sampler sampler(database, *job.page, progress, log, clock);
  auto server = api::Server::start(job.listen_fd, api::routes(), context);
  if (!server) {
    log::error("{}", server.message());
    return 1;
  }
  auto [start, taken] = job.prepare_database ? take_over_patiently(job, database, clock) : TakenOver();
  std::jthread checkpoint;
  if (taken) checkpoint = checkpoint_aside(std::move(taken));
  bool failed = false;
  if (start == Start::kDone) {
    job.page->control.ready = true;
    signal_event(job.ready_fd);
    while (!failed && !wait_for_sigterm(kTick)) {
      if ((*server)->take_lull()) give_memory_back(context);
      failed = sampler.failed();
    }
  }
  if (start != Start::kDone) context.stopping().request_stop();  // nobody need wait for a start that does not come
  (*server)->stop(kGrace);
  return start == Start::kHopeless ? kExitCannotStart : failed ? 1 : 0;
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
