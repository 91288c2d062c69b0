#pragma once
// Signals as data. The supervisor reads them from a descriptor; a child waits for SIGTERM in its main thread. Nobody
// has a handler, so nothing ever runs in the middle of something else.

#include <chrono>
#include <optional>

#include "base/file.h"

namespace wswp::daemon {

/// SIGCHLD, SIGTERM, SIGINT and SIGHUP of this process: blocked while it lives, read from fd(). One thread.
class SignalSource {
 public:
  SignalSource();
  int fd() const { return fd_.get(); }
  /// The next signal that waits; nothing where none does. Never blocks.
  std::optional<int> next();
  void close() { fd_.reset(); }

 private:
  FileDescriptor fd_;
};

/// After a fork, before threads: dies with `supervisor`, leaves SIGINT and SIGHUP to it (a terminal sends them to the
/// whole group), keeps SIGTERM blocked for wait_for_sigterm(). False: the supervisor is gone already.
bool become_child(pid_t supervisor);

/// True when SIGTERM arrived within `timeout`.
bool wait_for_sigterm(std::chrono::milliseconds timeout);

}  // namespace wswp::daemon
