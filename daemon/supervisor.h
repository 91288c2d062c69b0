#pragma once
// The parent of all: starts the children, replaces the ones that die or fall silent, ends them in order, and tells the
// service manager how things stand. One thread, always: it never opens SQLite, curl or a thread, so that it may fork at
// any time. What it holds before the first fork (lock, socket, shared page, wake-ups) outlives every child.
//
// Order of a start: control (brings the database up to date, voids leases) → its ready → the workers → all ready →
// READY=1. Of a stop: workers → control → socket file. A reload replaces one child after another, control last.

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "base/shared_memory.h"
#include "config/settings.h"
#include "daemon/child.h"
#include "daemon/control_socket.h"
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
  enum class Phase : std::uint8_t { kStarting, kRunning, kStoppingWorkers, kStoppingControl, kGone };

  void wait(MonoMs now);
  void take_signals(MonoMs now);
  void reap(MonoMs now);
  void bury(Child& child, int status, MonoMs now);
  void reload(MonoMs now);
  void stop(MonoMs now);
  void turn(MonoMs now);

  void start_due(MonoMs now);
  void replace_outdated(MonoMs now);
  void advance_stop();
  void tell(MonoMs now);

  void make_workers(std::size_t count);
  void drop_surplus_workers();
  bool all_of_generation_ready() const;
  bool workers_gone() const;
  bool stopping() const { return phase_ >= Phase::kStoppingWorkers; }

  int worker_body(std::size_t number);
  int control_body();

  SupervisorSetup setup_;
  DataLock lock_;
  ControlSocket socket_;
  SignalSource signals_;
  ServiceManager manager_;
  SharedMemory<SharedPage> page_;
  FileDescriptor ready_;               // eventfd: a child became ready
  std::vector<FileDescriptor> wakes_;  // eventfd of each worker
  Child control_;
  std::vector<std::unique_ptr<Child>> workers_;
  std::size_t wanted_workers_ = 0;

  Phase phase_ = Phase::kStarting;
  bool frontier_ready_ = false;  // control was ready once: the database is up to date, leases are voided
  bool reloading_ = false;
  std::int64_t generation_ = 1;  // of the settings
  MonoMs last_turn_ = 0, heard_since_ = 0, next_status_ = 0;
  int exit_status_ = 0;
};

}  // namespace wswp::daemon
