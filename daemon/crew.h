#pragma once
// Who works for the daemon, the control process and the workers, and what is decided of them: who is started, killed
// for its silence, replaced, in which order they end, and what the service manager is told of it. Only decisions: time
// is passed in, and processes are started and signalled through Processes. The supervisor's thread only.
//
// Order of a start: control (brings the database up to date, voids leases) → its ready → the workers → all ready →
// READY=1. Of a stop: workers → control. A reload replaces one child after another, control last.

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "daemon/child.h"
#include "daemon/processes.h"
#include "daemon/shared_page.h"
#include "daemon/systemd.h"

namespace wswp::daemon {

struct CrewSetup {
  Child::Body control;
  /// What a worker runs, by its number; asked before it is started for the first time.
  std::function<Child::Body(std::size_t number)> worker;
  std::string place;  // for the log: where the data lie, and the socket
};

class Crew {
 public:
  /// `page`, `manager` and `processes` outlive it.
  Crew(CrewSetup setup, SharedPage& page, ServiceManager& manager, Processes& processes);

  /// Before the first turn, and with each reload: how many workers there are to be, and for how long a child may be
  /// silent, in milliseconds. Children that run are replaced, after the first time.
  void begin(std::size_t workers, MonoMs max_silence_ms, MonoMs now);
  void reload(std::size_t workers, MonoMs max_silence_ms, MonoMs now);
  /// All end in order, within their grace. Called again: at once.
  void stop(MonoMs now);
  /// A process has died: `status` as of waitpid(2).
  void reaped(pid_t pid, int status, MonoMs now);
  /// Does what is due. To be called after each event, and at next_turn().
  void turn(MonoMs now);
  /// The next instant at which turn() has something to do, at most a second from now.
  MonoMs next_turn(MonoMs now) const;

  bool stopping() const { return phase_ >= Phase::kStoppingWorkers; }
  /// Nobody runs any more, and nobody will.
  bool gone() const { return phase_ == Phase::kGone; }
  /// Of the daemon. 0: it was told to stop; 1: it could not start.
  int exit_status() const { return exit_status_; }
  /// Control was ready once: the database is up to date, leases are voided.
  bool frontier_ready() const { return frontier_ready_; }
  /// Workers there are, those included that a reload has made superfluous and that still run.
  std::size_t worker_count() const { return workers_.size(); }

 private:
  enum class Phase : std::uint8_t { kStarting, kRunning, kStoppingWorkers, kStoppingControl, kGone };

  void enforce(MonoMs now);
  void bury(Child& child, int status, MonoMs now);
  void start_due(MonoMs now);
  void replace_outdated(MonoMs now);
  void advance_stop(MonoMs now);
  void tell(MonoMs now);
  void make_workers(std::size_t count);
  void drop_surplus_workers();
  bool all_of_generation_ready() const;
  bool workers_gone() const;

  const CrewSetup setup_;
  SharedPage& page_;
  ServiceManager& manager_;
  Processes& processes_;
  Child control_;
  std::vector<std::unique_ptr<Child>> workers_;
  std::size_t wanted_workers_ = 0;
  MonoMs max_silence_ms_ = 0;

  Phase phase_ = Phase::kStarting;
  bool frontier_ready_ = false;
  bool reloading_ = false;
  std::int64_t generation_ = 1;  // of the settings
  MonoMs last_turn_ = 0, heard_since_ = 0, next_status_ = 0;
  int exit_status_ = 0;
};

}  // namespace wswp::daemon
