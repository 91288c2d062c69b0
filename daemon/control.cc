#include "daemon/control.h"

#include <unistd.h>

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "daemon/api/context.h"
#include "daemon/api/resources.h"
#include "daemon/api/server.h"
#include "daemon/child.h"
#include "daemon/sampler.h"
#include "daemon/signals.h"
#include "daemon/worker.h"
#include "frontier/sqlite_frontier.h"
#include "store/migrate.h"

namespace wswp::daemon {
namespace {

constexpr std::chrono::seconds kTick{1};
constexpr std::chrono::seconds kGrace{3};  // for requests that are being answered

/// Nobody else has the database open yet. Nothing: go on; else the exit status.
std::optional<int> prepare(const std::string& database, const config::Settings& settings, const Clock& clock) {
  if (auto migrated = store::migrate(database); !migrated) {
    log::error("{}", migrated.message());
    return kExitCannotStart;
  }
  const auto frontier = frontier::open_frontier(database, {.default_delay_ms = settings.politeness.delay_ms});
  const std::int64_t voided = frontier->reclaim(std::nullopt, clock.wall_ms());
  if (voided > 0) log::info("voided {} leases of the last run", voided);
  return std::nullopt;
}

int serve(const ControlJob& job, const Clock& clock) {
  const std::string database = database_path(job.settings);
  if (job.prepare_database) {
    if (const auto status = prepare(database, job.settings, clock)) return *status;
  }
  api::Progress progress;
  api::Context context(job.settings, database, job.page, job.wake_fds, job.load_settings, ::getppid(), clock, progress);
  Sampler sampler(database, *job.page, progress, clock);
  auto server = api::Server::start(job.listen_fd, api::routes(), context);
  if (!server) {
    log::error("{}", server.message());
    return 1;
  }
  job.page->control.ready = true;
  signal_event(job.ready_fd);
  while (!wait_for_sigterm(kTick)) {
    if (sampler.failed()) return 1;
  }
  (*server)->stop(kGrace);
  return 0;
}

}  // namespace

int run_control(const ControlJob& job) {
  const SystemClock clock;
  try {
    return serve(job, clock);
  } catch (const std::exception& e) {
    log::error("cannot go on: {}", e.what());
    return 1;
  }
}

}  // namespace wswp::daemon
