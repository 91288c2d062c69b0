#pragma once
// The page of memory that the supervisor shares with all its children: heartbeats, gauges and wake-ups. Made before
// the first fork, so that a child that replaces a dead one finds it again. Every field is an atomic with one writer,
// unless it says otherwise. Nothing in it is truth: the database is.

#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "net/address_table.h"

namespace wswp::daemon {

inline constexpr std::size_t kMaxWorkers = 256;  // as many as wswpd.toml allows

/// What one child says of itself. Written by the child, but for pid and restarts (the supervisor).
struct ChildSlot {
  std::atomic<pid_t> pid;  // 0: not running
  std::atomic<std::int64_t> restarts;
  std::atomic<std::int64_t> heartbeat_ms;  // monotonic time of the last turn of its slowest loop
  std::atomic<bool> ready;                 // it can do its work
  std::atomic<std::int64_t> in_flight;     // transfers
};

struct SharedPage {
  ChildSlot control;
  std::array<ChildSlot, kMaxWorkers> workers;
  std::atomic<int> worker_count;         // written by the supervisor
  std::atomic<bool> stopping;            // written by the supervisor
  std::atomic<std::int64_t> started_ms;  // monotonic; written by the supervisor
  // For STATUS= and progress: sums over all crawls, written by the control process once a second.
  std::atomic<std::int64_t> total, done, rate_per_1000s;
  net::AddressTable addresses;  // per-address pacing; written by all workers
};
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

}  // namespace wswp::daemon
