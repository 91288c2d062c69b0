#pragma once
// What a test and the programs it disturbs share: a file mapped by both. Plain atomics, so that the preloaded library
// needs nothing but the C library.

#include <atomic>
#include <cstdint>

namespace wswp::test {

/// An errno, or 0 for a call that works.
struct FaultBoard {
  std::atomic<int> write_errno;  // of writing, growing and shortening wswp.db and its WAL
  std::atomic<int> sync_errno;   // of syncing them
  std::atomic<int> read_errno;   // of reading them
  std::atomic<int> fork_errno;
  std::atomic<std::int64_t> wall_shift_ms;  // added to CLOCK_REALTIME
};

}  // namespace wswp::test
