#pragma once
// Watches the write-ahead log for a program that holds it back: one that reads the database in a transaction that does
// not end. The log cannot begin anew before that, and grows on the disk with all that is written. Whoever it is stands
// in /proc/locks, with the locks of SQLite's WAL index (https://www.sqlite.org/walformat.html#wal_locks). The files
// themselves are not opened: a process that closed them would lose SQLite's locks of its own. look() belongs to one
// thread, problem() to any.

#include <sys/types.h>

#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace wswp::daemon {

class LogWatch {
 public:
  /// Larger logs are somebody's fault, if they stay so for that long.
  static constexpr std::int64_t kLargeBytes = 80'000'000;
  static constexpr MonoMs kPatienceMs = 5000;

  struct Problem {
    std::int64_t bytes = 0;  // of the log
    pid_t reader = 0;        // one of those who hold it
    std::string name;        // of its program; empty: it cannot be told
  };

  /// `database`: its path.
  explicit LogWatch(std::string database) : database_(std::move(database)) {}

  /// About once a second. `ours`: processes of the daemon, whose transactions are short.
  void look(MonoMs now, const std::set<pid_t>& ours);
  std::optional<Problem> problem() const;

 private:
  const std::string database_;
  MonoMs large_since_ = 0;
  std::set<pid_t> suspects_;  // have read at each look since then
  mutable std::mutex mutex_;
  std::optional<Problem> problem_;  // under mutex_
};

/// For a person: who it is, how large the log is, and what to do.
std::string to_string(const LogWatch::Problem& problem);

/// Who holds a lock of a reader on the WAL index, the file of this device and inode, by the text of /proc/locks
/// (proc(5)).
std::set<pid_t> readers_in(std::string_view locks, dev_t device, ino_t inode);

}  // namespace wswp::daemon
