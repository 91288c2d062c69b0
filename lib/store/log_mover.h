#pragma once
// Keeps the log (WAL) of a database bounded, however many connections fill it.
//
// The log begins anew only with a transaction that finds all of it moved to the database file when it begins
// (https://www.sqlite.org/wal.html#ckpt). A passive checkpoint moves what was committed before it, beside the writers.
// With two writers, the other's transaction has begun before that is done, and so the log goes on for ever. move()
// therefore moves most of it passively, and then what is left with the write lock held, for some milliseconds; and it
// keeps that lock until all who read the log have ended.
//
// Belongs to one connection and its thread.

#include <atomic>
#include <cstdint>
#include <optional>

#include "store/writer_signals.h"

struct sqlite3;

namespace wswp::store {

/// In the log before it is moved: a page that many transactions touch is written to the file once.
inline constexpr int kCheckpointPages = 4000;
/// From here on, 48 MiB, whoever commits waits until the log has been moved, whoever else moves it.
inline constexpr int kMostPages = 3 * kCheckpointPages;

class LogMover {
 public:
  /// `signals`: of all who write to the database; null: nobody else does.
  LogMover(sqlite3* handle, WriterSignals* signals)
      : handle_(handle), held_until_ms_(signals == nullptr ? own_held_until_ms_ : signals->log_held_until_ms) {}
  LogMover(const LogMover&) = delete;
  LogMover& operator=(const LogMover&) = delete;

  /// For a commit that has left so many pages in the log; outside of any transaction. Moves all of it, so that the next
  /// commit of whichever connection begins it anew. Leaves it where another connection is moving it, and where a reader
  /// of an older state holds it: that is tried again 0.1 s later, by whoever commits then. A trouble of the storage
  /// is not told here: the next commit meets it.
  void move(int pages);

  /// Whether the connection's busy handler is to wait on; none: it decides as ever.
  std::optional<bool> patient() const;

 private:
  /// Pages of the log, since it began: those in the database file, and the others.
  struct Pass {
    int moved = 0, left = 0;
  };
  /// Moves what it can without a lock. None: another connection is moving it.
  std::optional<Pass> pass();
  /// The same, but waits for the other connection: the log has become too long to go on committing.
  std::optional<Pass> pass_in_turn();
  void move_rest();
  /// A reader holds the log.
  void hold();

  sqlite3* const handle_;
  std::atomic<std::int64_t> own_held_until_ms_ = 0;
  std::atomic<std::int64_t>& held_until_ms_;
  std::int64_t patience_ends_ms_ = 0;  // of move_rest(); 0: it does not run
};

}  // namespace wswp::store
