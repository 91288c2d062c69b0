#include "daemon/worker.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <chrono>
#include <exception>

#include "base/log.h"
#include "crawl/worker_pool.h"
#include "daemon/signals.h"

namespace wswp::daemon {
namespace {

constexpr std::chrono::milliseconds kTick{200};
constexpr std::chrono::seconds kGrace{5};

crawl::WorkerSetup setup_of(const WorkerJob& job, ChildSlot& slot) {
  crawl::WorkerSetup setup;
  setup.number = job.number;
  setup.settings = job.settings;
  setup.database = database_path(job.settings);
  setup.wake_fd = job.wake_fd;
  setup.addresses = &job.page->addresses;
  setup.in_flight = &slot.in_flight;
  return setup;
}

}  // namespace

int run_worker(const WorkerJob& job) {
  ChildSlot& slot = job.page->workers.at(static_cast<std::size_t>(job.number));
  crawl::WorkerPool pool(setup_of(job, slot));
  try {
    pool.start();
  } catch (const std::exception& e) {
    log::error("cannot start: {}", e.what());
    return 1;
  }
  slot.ready = true;
  signal_event(job.ready_fd);

  while (!wait_for_sigterm(kTick)) {
    slot.heartbeat_ms = std::max<MonoMs>(slot.heartbeat_ms, pool.oldest_beat());
    if (pool.failed()) {
      log::error("a thread gave up");
      return 1;
    }
  }
  pool.stop(kGrace);
  return 0;
}

std::string database_path(const config::Settings& settings) {
  return settings.data_dir + "/wswp.db";
}

void signal_event(int fd) {
  ::eventfd_write(fd, 1);
}

}  // namespace wswp::daemon
