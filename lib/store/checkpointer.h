#pragma once
// Moves the log (WAL) of a database to its file beside the connection that fills it: on a thread and a connection of
// its own, so that a commit does not wait for the disk (https://www.sqlite.org/wal.html#ckpt).

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "store/database.h"
#include "store/log_mover.h"

namespace wswp::store {

/// Runs `checkpoint`, for which nobody waits: a trouble of the storage is not theirs to tell, as whoever commits next
/// will meet it. It is logged, and the answer is kNothing.
Moved checkpoint_unattended(const std::function<Moved()>& checkpoint);

class Checkpointer {
 public:
  explicit Checkpointer(std::string path) : path_(std::move(path)) {}

  /// For each commit of the connection, and on its thread, as sqlite3_wal_hook() has it: the log has so many pages now.
  /// From kCheckpointPages on has a checkpoint made. The log begins anew only after one that leaves nothing, and what
  /// is committed meanwhile is left; so when it has ended the caller is to make another itself, of that little: true.
  /// Also where there is no thread to be had. At 12,000 pages this waits for the end of one that is under way.
  bool on_commit(int pages);

 private:
  void run(const std::stop_token& stop);

  const std::string path_;
  int asked_at_ = 0;  // pages in the log
  std::mutex mutex_;
  std::condition_variable_any changed_;  // state_
  enum class State { kIdle, kAsked, kDone } state_ = State::kIdle;
  std::jthread thread_;  // from the first time that it is needed; last, as it uses the others
};

}  // namespace wswp::store
