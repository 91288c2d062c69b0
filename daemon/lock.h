#pragma once
// The lock of a data directory: at most one daemon, with its children, works on it. Held through flock(2) on a
// descriptor that forked children share, so the kernel frees it when the last of them is gone, however they died.
// The file stays where it is (removing it would race); it holds the supervisor's pid, for people and messages. On a
// disk that cannot be written there may be no file, so the directory is locked as well.

#include <chrono>
#include <string>

#include "base/file.h"
#include "base/result.h"

namespace wswp::daemon {

class DataLock {
 public:
  /// Takes the lock of `data_dir`, which must exist. Where the daemon that wrote the file lives, fails at once and
  /// names it; where it is dead (its children are still on their way out), waits up to `patience` for them.
  static Result<DataLock> take(const std::string& data_dir,
                               std::chrono::milliseconds patience = std::chrono::seconds(5));

 private:
  DataLock(FileDescriptor file, FileDescriptor directory) : file_(std::move(file)), directory_(std::move(directory)) {}
  FileDescriptor file_, directory_;
};

}  // namespace wswp::daemon
