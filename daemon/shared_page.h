#pragma once
// The page of memory that the supervisor shares with all its children: heartbeats, gauges and wake-ups. Made before
// the first fork, so that a child that replaces a dead one finds it again. Every field is an atomic with one writer,
// unless it says otherwise. Nothing in it is truth: the database is.

#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "base/clock.h"
#include "base/obstacle.h"
#include "crawl/quarantine.h"
#include "crawl/work_mark.h"
#include "net/address_table.h"
#include "store/writer_signals.h"

namespace wswp::daemon {

inline constexpr std::size_t kMaxWorkers = 256;  // as many as wswpd.toml allows

/// One child. What it says of itself, it writes itself:
struct ChildSlot {
  std::atomic<std::int64_t> heartbeat_ms;  // monotonic time of the last turn of its slowest loop
  std::atomic<bool> ready;                 // it can do its work
  std::atomic<std::int64_t> in_flight;     // transfers
  std::atomic<Obstacle> obstacle;          // what it waits for; the supervisor: why it cannot be started
  crawl::WorkMark suspect;                 // a worker: the URL it died of, for the next one
  crawl::TrialBoard trial;                 // a worker: what it visits because an earlier one may have died of it

  // and the supervisor what it knows of it:
  std::atomic<pid_t> pid;              // 0: not running
  std::atomic<std::int64_t> restarts;  // deaths that nobody had asked for
  std::atomic<int> last_death;         // of those the last, as of waitpid(2); 0: none
  std::atomic<bool> crashed;           // it died by a fault of its own, or stood still; a worker takes it back when it
                                       // has drawn its conclusions from the death of the one before
  std::atomic<MonoMs> start_at_ms;     // while it does not run: when it will be started
};

struct SharedPage {
  ChildSlot control;
  std::array<ChildSlot, kMaxWorkers> workers;
  std::atomic<int> worker_count;         // written by the supervisor
  std::atomic<bool> stopping;            // written by the supervisor
  std::atomic<bool> stopping_at_once;    // likewise; a child may meet the two signals for these as one
  std::atomic<std::int64_t> started_ms;  // monotonic; written by the supervisor
  // From time since boot to schedule time (base/clock.h); written by the control process before the first is ready.
  std::atomic<std::int64_t> schedule_offset_ms;
  // Wall time less schedule time, as the database has it; written by the control process.
  std::atomic<std::int64_t> wall_ahead_ms;
  // For STATUS= and progress: sums over all crawls, written by the control process once a second.
  std::atomic<std::int64_t> total, done, rate_per_1000s;
  net::AddressTable addresses;   // per-address pacing; written by all workers
  store::WriterSignals writers;  // of the database; written by all who write to that
};
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

}  // namespace wswp::daemon
