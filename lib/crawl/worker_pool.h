#pragma once
// The threads of a worker process: one store thread, which owns the process's only database connection and works in
// groups, and the fetch threads, each an event loop with many transfers. Made, started and stopped by one thread.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/clock.h"
#include "config/settings.h"
#include "frontier/types.h"
#include "net/address_table.h"

namespace wswp::crawl {

struct WorkerSetup {
  frontier::Owner number = 0;
  config::Settings settings;
  std::string database;                            // path of wswp.db
  int wake_fd = -1;                                // eventfd; written by whoever changed the frontier (borrowed)
  net::AddressTable* addresses = nullptr;          // per-address pacing, shared by all processes
  std::atomic<std::int64_t>* in_flight = nullptr;  // gauge of transfers, kept by the pool
};

class WorkerPool {
 public:
  explicit WorkerPool(WorkerSetup setup);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Voids what an earlier process of this number had leased and starts the threads. Throws where the database cannot
  /// be opened.
  void start();

  /// Stops claiming, gives transfers `grace` to end, records what ended, releases every host, joins the threads.
  void stop(std::chrono::milliseconds grace);

  /// The time of the last turn of whichever thread is slowest; feeds the process's heartbeat.
  MonoMs oldest_beat() const;

  /// A thread met a condition it cannot work under (an exception at its top): the process should end and be replaced.
  bool failed() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wswp::crawl
