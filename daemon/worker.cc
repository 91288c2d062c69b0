#include "daemon/worker.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <string>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/obstacle.h"
#include "crawl/worker_pool.h"
#include "daemon/limits.h"
#include "daemon/signals.h"
#include "frontier/frontier.h"

namespace wswp::daemon {
namespace {

constexpr std::chrono::milliseconds kTick{200};
constexpr std::chrono::milliseconds kStopTick{20};
constexpr std::chrono::seconds kGrace{5};

crawl::WorkerSetup setup_of(const WorkerJob& job, ChildSlot& slot) {
  crawl::WorkerSetup setup;
  setup.number = job.number;
  setup.settings = job.settings;
  setup.database = database_path(job.settings);
  setup.wake_fd = job.wake_fd;
  setup.kept_connections = static_cast<std::size_t>(kept_connections(job.settings.workers));
  setup.spare_transfers = static_cast<std::size_t>(spare_transfers(job.settings.workers));
  setup.schedule_offset_ms = job.page->schedule_offset_ms;
  setup.addresses = &job.page->addresses;
  setup.writers = &job.page->writers;
  setup.suspect = &slot.suspect;
  setup.trial = &slot.trial;
  setup.crashed = &slot.crashed;
  if (const char* poison = std::getenv("WSWP_DEBUG_POISON")) setup.poison = crawl::Poison::parse(poison);
  return setup;
}

/// Tells of a thread that stands still, while there is still somebody to tell it: the supervisor kills the process when
/// the whole of `stall_timeout` has gone by. Then the URL the thread is at is what it died of.
class StallWatch {
 public:
  StallWatch(ChildSlot& slot, MonoMs stall_timeout_ms) : slot_(slot), warn_after_ms_(stall_timeout_ms / 2) {}

  void look(const crawl::PoolHealth& health, MonoMs now) {
    const bool stands = now - health.oldest_beat > warn_after_ms_;
    if (stands == standing_) return;
    standing_ = stands;
    if (!stands) {
      slot_.suspect.clear();
      log::info("{} goes on", standing_thread_);
      return;
    }
    standing_thread_ = health.slowest;
    if (health.at) slot_.suspect.set(*health.at);
    log::warning("{} has stood still for {:.1f} s{}", health.slowest,
                 static_cast<double>(now - health.oldest_beat) / 1000,
                 health.at ? fmt::format(" at URL {} of crawl {}", health.at->rank, health.at->crawl) : "");
  }

 private:
  ChildSlot& slot_;
  const MonoMs warn_after_ms_;
  bool standing_ = false;
  std::string standing_thread_;
};

}  // namespace

int run_worker(const WorkerJob& job) {
  ChildSlot& slot = job.page->workers.at(static_cast<std::size_t>(job.number));
  crawl::CrashHandler::install(slot.suspect);
  crawl::WorkerPool pool(setup_of(job, slot));
  try {
    pool.start();
  } catch (const frontier::Unavailable& e) {
    log::error("cannot start: {} ({})", explain(e.obstacle()), e.what());
    return 1;
  } catch (const std::exception& e) {
    log::error("cannot start: {}", e.what());
    return 1;
  }
  slot.ready = true;
  signal_event(job.ready_fd);

  const SystemClock clock;
  StallWatch stall_watch(slot, job.settings.workers.stall_timeout_ms);
  const auto show = [&] {
    const crawl::PoolHealth health = pool.health();
    slot.in_flight = health.in_flight;
    slot.obstacle = health.obstacle;
    slot.heartbeat_ms = std::max<MonoMs>(slot.heartbeat_ms, health.oldest_beat);
    stall_watch.look(health, clock.mono_ms());
    return !health.failed;
  };
  while (!wait_for_sigterm(kTick)) {
    if (show()) continue;
    log::error("a thread gave up");
    return 1;
  }
  pool.stop(kGrace, [&] {
    show();
    return wait_for_sigterm(kStopTick) || job.page->stopping_at_once;
  });
  return 0;
}

std::string database_path(const config::Settings& settings) {
  return settings.data_dir + "/wswp.db";
}

void signal_event(int fd) {
  ::eventfd_write(fd, 1);
}

}  // namespace wswp::daemon
