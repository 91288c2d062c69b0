#pragma once
// One child process of the supervisor: forked, watched, ended, started again. The supervisor's thread only.
//
//                start                      end (SIGTERM)            reaped
//   waiting ───────────────▶ running ─────────────────────▶ ending ───────────▶ waiting, or gone
//      ▲                        │  died, or killed for its silence                 (as the supervisor decides)
//      └────────────────────────┘  after a back-off

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "daemon/processes.h"
#include "daemon/shared_page.h"

namespace wswp::daemon {

/// Exit status of a child that met what no new start will mend: the daemon ends.
inline constexpr int kExitCannotStart = 3;

/// How long to wait before a dead child is replaced: not at all after a life of more than ten seconds, else 0.1 s,
/// doubled with every early death up to 10 s, or to 1 s where the child `crashed`: what it dies of is being found, and
/// each URL that is to blame costs a few deaths at most.
class Backoff {
 public:
  MonoMs after_death(MonoMs lifetime_ms, bool crashed);

 private:
  MonoMs next_ms_ = 0;
};

class Child {
 public:
  /// What the forked process does; the return value is its exit status.
  using Body = std::function<int()>;

  /// `slot` and `processes` outlive it.
  Child(std::string name, ChildSlot& slot, Body body, Processes& processes = real_processes());
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Starts the process now. `generation` tells which settings it got. Where there can be none, it is due again after a
  /// back-off.
  void start(std::int64_t generation, MonoMs now);
  /// SIGTERM, and SIGKILL `grace_ms` later. Called again: another SIGTERM, and the earlier end counts.
  void end(MonoMs now, MonoMs grace_ms);
  /// Kills it if its time is over, or if it has been silent for longer than `max_silence_ms` since the later of its
  /// last beat and `heard_since` (the supervisor itself may have been stopped for a while).
  void enforce(MonoMs now, MonoMs heard_since, MonoMs max_silence_ms);
  /// It is dead: `status` as of waitpid(2). Unless it had been told to end, it is due again after the back-off.
  void reaped(int status, MonoMs now);

  bool running() const { return pid_ != 0; }
  bool ending() const { return kill_at_.has_value(); }
  bool ready() const { return running() && slot_.ready; }
  bool beating(MonoMs now, MonoMs max_silence_ms) const {
    return running() && now - slot_.heartbeat_ms <= max_silence_ms;
  }
  bool due(MonoMs now) const { return !running() && now >= start_at_; }
  const std::string& name() const { return name_; }
  pid_t pid() const { return pid_; }
  std::int64_t generation() const { return generation_; }
  /// The next instant at which enforce(), or due() where it `may_start`, has something to say.
  MonoMs next_event(bool may_start) const;

 private:
  void log_death(int status) const;
  void start_not_before(MonoMs instant);

  std::string name_;
  ChildSlot& slot_;
  Body body_;
  Processes& processes_;
  Backoff backoff_;
  pid_t pid_ = 0;
  std::int64_t generation_ = 0;
  MonoMs started_at_ = 0;
  MonoMs start_at_ = 0;            // not before; while it does not run
  std::optional<MonoMs> kill_at_;  // set: it was told to end
  bool killed_ = false;            // SIGKILL is on its way
};

}  // namespace wswp::daemon
