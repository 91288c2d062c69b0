#pragma once
// The threads of a worker process: one store thread, which owns the process's only database connection and works in
// groups, and the fetch threads, each an event loop with many transfers. Made, started and stopped by one thread.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/obstacle.h"
#include "config/settings.h"
#include "crawl/poison.h"
#include "crawl/quarantine.h"
#include "crawl/work_mark.h"
#include "frontier/types.h"
#include "net/address_table.h"
#include "store/writer_signals.h"

namespace wswp::crawl {

struct WorkerSetup {
  frontier::Owner number = 0;
  config::Settings settings;
  std::string database;                     // path of wswp.db
  int wake_fd = -1;                         // eventfd; written by whoever changed the frontier (borrowed)
  std::size_t kept_connections = 0;         // that a fetch thread may keep beyond those of its transfers
  std::size_t spare_transfers = 0;          // of a fetch thread, for hosts that are silent
  std::int64_t schedule_offset_ms = 0;      // of the daemon's schedule time (base/clock.h)
  net::AddressTable* addresses = nullptr;   // per-address pacing, shared by all processes
  store::WriterSignals* writers = nullptr;  // of the database, shared by all processes
  // In shared memory, where the next process of this number finds it; null only where there is none.
  WorkMark* suspect = nullptr;           // what the last one died of; set when this one does
  TrialBoard* trial = nullptr;           // what it was visiting apart from others
  std::atomic<bool>* crashed = nullptr;  // it has died by a fault of its own; taken back when that is settled
  Poison poison;                         // for tests
};

/// How a pool is at this moment.
struct PoolHealth {
  MonoMs oldest_beat = 0;               // the last turn of whichever thread is slowest
  std::string slowest;                  // that thread: "store thread", "fetch thread 2"
  std::optional<frontier::UrlKey> at;   // what that thread is working on
  std::int64_t in_flight = 0;           // transfers
  Obstacle obstacle = Obstacle::kNone;  // what the crawl waits for
  bool failed = false;  // a thread met what it cannot work under: the process should end and be replaced
};

class WorkerPool {
 public:
  explicit WorkerPool(WorkerSetup setup);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Settles what an earlier process of this number left behind - the URL that killed it, or those that may have, and
  /// its leases - and starts the threads. Throws where the database cannot be used.
  void start();

  /// Stops claiming, gives transfers `grace` to end, records what ended, releases every host, joins the threads.
  /// `hurried` is asked again and again meanwhile, and may take its time: true cuts the grace short.
  void stop(std::chrono::milliseconds grace, const std::function<bool()>& hurried = {});

  PoolHealth health() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wswp::crawl
