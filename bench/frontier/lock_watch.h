#pragma once
// How long transactions hold the write lock: from the end of BEGIN IMMEDIATE to the end of COMMIT, of all SQLite
// connections that are opened after install(). Checkpoints follow the commit and do not hold that lock. Watching costs
// a clock reading a statement, so it is on only while a LockWatch lives. One thread, one LockWatch at a time.

#include <vector>

namespace wswp::bench {

class LockWatch {
 public:
  /// To be called once, before the first connection is opened.
  static void install();

  LockWatch();
  ~LockWatch();
  LockWatch(const LockWatch&) = delete;
  LockWatch& operator=(const LockWatch&) = delete;

  /// The transactions so far, each in milliseconds, the shortest first.
  std::vector<double> held_ms() const;
};

}  // namespace wswp::bench
