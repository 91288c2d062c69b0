#pragma once
// Disturbs a daemon that is started with environment(): see fault_board.h. One thread.

#include <memory>
#include <string>
#include <vector>

#include "crash/fault_board.h"
#include "support/temp_dir.h"

namespace wswp::test {

class Faults {
 public:
  Faults();
  ~Faults();
  Faults(const Faults&) = delete;
  Faults& operator=(const Faults&) = delete;

  FaultBoard* operator->() const { return board_; }
  /// For the Daemon to be disturbed.
  std::vector<std::string> environment() const;

 private:
  TempDir directory_;
  FaultBoard* board_;
};

}  // namespace wswp::test
