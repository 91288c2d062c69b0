#pragma once
// The parent of all: forks the children, reaps them, takes signals, and does what the crew decides. One thread, always:
// it never opens SQLite, curl or a thread, so that it may fork at any time. What it holds before the first fork (lock,
// socket, shared page, wake-ups) outlives every child.

#include <functional>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "base/shared_memory.h"
#include "config/settings.h"
#include "daemon/control_socket.h"
#include "daemon/crew.h"
#include "daemon/lock.h"
#include "daemon/shared_page.h"
#include "daemon/signals.h"
#include "daemon/systemd.h"

namespace wswp::daemon {

struct SupervisorSetup {
  config::Settings settings;
  /// Reads the configuration again, as at the start (flags beat the file). Also called in the control process.
  std::function<Result<config::Settings>()> load_settings;
  const Clock* clock = nullptr;
};

class Supervisor {
 public:
  /// Precondition: the process has one thread.
  Supervisor(SupervisorSetup setup, DataLock lock, ControlSocket socket);

  /// Runs the daemon to its end. 0: it was told to stop and did; 1: it could not start.
  int run();

 private:
  void wait(MonoMs now);
  void take_signals(MonoMs now);
  void reap(MonoMs now);
  void reload(MonoMs now);

  CrewSetup crew_setup();
  int worker_body(std::size_t number);
  int control_body();

  SupervisorSetup setup_;
  DataLock lock_;
  ControlSocket socket_;
  SignalSource signals_;
  ServiceManager manager_;
  SharedMemory<SharedPage> page_;
  FileDescriptor ready_;               // eventfd: a child became ready
  std::vector<FileDescriptor> wakes_;  // eventfd of each worker there has been
  Crew crew_;
};

}  // namespace wswp::daemon
