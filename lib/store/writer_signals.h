#pragma once
// What the writers of one database tell each other, in memory that their processes share. These are hints: SQLite's
// locks decide, and whoever has said something may be dead since, so each is a time that goes stale. Zeros at first.

#include <atomic>
#include <cstdint>

namespace wswp::store {

struct WriterSignals {
  /// When a connection last found the write lock taken, as it does every 0.2 ms while it waits; 0 once one that has
  /// waited has the lock, or has written. A wait that ended in neither is remembered for 20 ms. Milliseconds of
  /// CLOCK_MONOTONIC.
  std::atomic<std::int64_t> waited_at_ms;
  /// When a connection last committed that has the log checkpointed beside it (Checkpoints::kBeside). Others leave that
  /// to it.
  std::atomic<std::int64_t> tended_at_ms;
  /// A reader, or whoever does not give the write lock up, has kept the log from being moved as a whole (LogMover): it
  /// is not tried again before. Milliseconds of CLOCK_MONOTONIC.
  std::atomic<std::int64_t> log_held_until_ms;
};

}  // namespace wswp::store
