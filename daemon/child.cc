#include "daemon/child.h"

#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <limits>

#include "base/log.h"

namespace wswp::daemon {
namespace {

constexpr MonoMs kLongLifeMs = 10'000;
constexpr MonoMs kFirstBackoffMs = 100;
constexpr MonoMs kLastBackoffMs = 10'000;
constexpr MonoMs kLastAfterCrashMs = 1'000;

/// It died of something that it did: nobody ended it from outside, which SIGKILL is taken for.
bool is_crash(int status) {
  return WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL && WTERMSIG(status) != SIGTERM;
}

}  // namespace

MonoMs Backoff::after_death(MonoMs lifetime_ms, bool crashed) {
  if (lifetime_ms > kLongLifeMs) {
    next_ms_ = 0;
    return 0;
  }
  next_ms_ = next_ms_ == 0 ? kFirstBackoffMs : std::min(next_ms_ * 2, kLastBackoffMs);
  return crashed ? std::min(next_ms_, kLastAfterCrashMs) : next_ms_;
}

Child::Child(std::string name, ChildSlot& slot, Body body, Processes& processes)
    : name_(std::move(name)), slot_(slot), body_(std::move(body)), processes_(processes) {}

void Child::start(std::int64_t generation, MonoMs now) {
  slot_.ready = false;
  slot_.in_flight = 0;
  slot_.heartbeat_ms = now;
  slot_.obstacle = Obstacle::kNone;
  generation_ = generation;
  started_at_ = now;
  kill_at_.reset();
  killed_ = false;

  const pid_t pid = processes_.start(name_, body_);
  if (pid < 0) {
    const int reason = errno;
    start_not_before(now + std::max(kFirstBackoffMs, backoff_.after_death(0, false)));
    slot_.obstacle = obstacle_of_errno(reason);
    log::error("cannot start {}: {}; trying again in {:.1f} s", name_, std::strerror(reason),
               static_cast<double>(start_at_ - now) / 1000);
    return;
  }
  pid_ = pid;
  slot_.pid = pid;
  log::debug("started {} (pid {})", name_, pid);
}

void Child::end(MonoMs now, MonoMs grace_ms) {
  if (!running()) return;
  processes_.signal(pid_, SIGTERM);
  kill_at_ = std::min(kill_at_.value_or(std::numeric_limits<MonoMs>::max()), now + grace_ms);
}

void Child::enforce(MonoMs now, MonoMs heard_since, MonoMs max_silence_ms) {
  if (!running() || killed_) return;
  const bool overdue = kill_at_ && now >= *kill_at_;
  const bool silent = now - std::max<MonoMs>(slot_.heartbeat_ms, heard_since) > max_silence_ms;
  if (!overdue && !silent) return;
  log::warning("{} (pid {}) {}; killing it", name_, pid_, overdue ? "does not end" : "does not answer any more");
  processes_.signal(pid_, SIGKILL);
  killed_ = true;
}

void Child::reaped(int status, MonoMs now) {
  const bool planned = kill_at_.has_value();
  const bool crashed = !planned && (is_crash(status) || killed_);
  const MonoMs wait = planned ? 0 : backoff_.after_death(now - started_at_, crashed);
  start_not_before(now + wait);
  if (!planned) {
    ++slot_.restarts;
    slot_.last_death = status;
    if (crashed) slot_.crashed = true;
  }
  if (!planned || (status != 0 && !killed_)) log_death(status);
  pid_ = 0;
  kill_at_.reset();
  slot_.pid = 0;
  slot_.ready = false;
  slot_.in_flight = 0;
  slot_.obstacle = Obstacle::kNone;
}

void Child::start_not_before(MonoMs instant) {
  start_at_ = instant;
  slot_.start_at_ms = instant;
}

MonoMs Child::next_event(bool may_start) const {
  if (!running() && may_start) return start_at_;
  return running() && !killed_ && kill_at_ ? *kill_at_ : std::numeric_limits<MonoMs>::max();
}

void Child::log_death(int status) const {
  if (WIFSIGNALED(status)) {
    log::error("{} (pid {}) was killed by signal {} ({})", name_, pid_, WTERMSIG(status),
               ::strsignal(WTERMSIG(status)));
  } else if (WEXITSTATUS(status) == 0) {  // somebody else told it to end
    log::info("{} (pid {}) ended", name_, pid_);
  } else if (WEXITSTATUS(status) != kExitCannotStart) {  // it has said why itself
    log::error("{} (pid {}) ended with status {}", name_, pid_, WEXITSTATUS(status));
  }
}

}  // namespace wswp::daemon
