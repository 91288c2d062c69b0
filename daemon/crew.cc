#include "daemon/crew.h"

#include <sys/wait.h>

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace wswp::daemon {
namespace {

constexpr MonoMs kTickMs = 1000;
constexpr MonoMs kStallMs = 5000;  // a turn that comes later than this means this process was stopped itself
constexpr MonoMs kWorkerGraceMs = 8000;
constexpr MonoMs kControlGraceMs = 5000;
constexpr MonoMs kHurriedGraceMs = 2000;

}  // namespace

Crew::Crew(CrewSetup setup, SharedPage& page, ServiceManager& manager, Processes& processes)
    : setup_(std::move(setup)),
      page_(page),
      manager_(manager),
      processes_(processes),
      control_("control", page.control, setup_.control, processes) {}

void Crew::begin(std::size_t workers, MonoMs max_silence_ms, MonoMs now) {
  last_turn_ = heard_since_ = now;
  wanted_workers_ = workers;
  max_silence_ms_ = max_silence_ms;
  make_workers(workers);
}

void Crew::turn(MonoMs now) {
  if (now - last_turn_ > kStallMs) heard_since_ = now;
  last_turn_ = now;
  frontier_ready_ = frontier_ready_ || control_.ready();
  enforce(now);
  if (stopping()) {
    advance_stop(now);
  } else {
    replace_outdated(now);
    start_due(now);
  }
  tell(now);
}

MonoMs Crew::next_turn(MonoMs now) const {
  MonoMs next = std::min(now + kTickMs, control_.next_event(!stopping()));
  if (phase_ == Phase::kRunning) next = std::min(next, manager_.next_beat().value_or(next));
  for (std::size_t i = 0; i < workers_.size(); ++i)
    next = std::min(next, workers_[i]->next_event(!stopping() && frontier_ready_ && i < wanted_workers_));
  return std::max(next, now);
}

void Crew::enforce(MonoMs now) {
  // A migration may take its time: the control process is held to its beats only after it.
  if (frontier_ready_ || control_.ending()) control_.enforce(now, heard_since_, max_silence_ms_);
  for (auto& worker : workers_) worker->enforce(now, heard_since_, max_silence_ms_);
}

// ---- death

void Crew::reaped(pid_t pid, int status, MonoMs now) {
  if (pid == control_.pid()) {
    bury(control_, status, now);
    const bool hopeless = WIFEXITED(status) && WEXITSTATUS(status) == kExitCannotStart;
    if (hopeless && !frontier_ready_) {
      exit_status_ = 1;
      stop(now);
    }
    return;
  }
  for (auto& worker : workers_) {
    if (pid == worker->pid()) bury(*worker, status, now);
  }
}

void Crew::bury(Child& child, int status, MonoMs now) {
  child.reaped(status, now);
  const MonoMs wait = child.next_event(true) - now;
  if (!stopping() && wait > 0)
    log::warning("{} is started again in {:.1f} s", child.name(), static_cast<double>(wait) / 1000);
}

// ---- the end

void Crew::stop(MonoMs now) {
  if (stopping()) {
    log::info("stopping at once");
    page_.stopping_at_once = true;
  }
  const MonoMs hurry = stopping() ? kHurriedGraceMs : kWorkerGraceMs;
  if (!stopping()) {
    if (exit_status_ == 0) log::info("stopping");
    manager_.stopping();
    page_.stopping = true;
    phase_ = Phase::kStoppingWorkers;
  }
  for (auto& worker : workers_) worker->end(now, hurry);
  if (phase_ == Phase::kStoppingControl) control_.end(now, hurry);
}

void Crew::advance_stop(MonoMs now) {
  if (phase_ == Phase::kStoppingWorkers && workers_gone()) {
    phase_ = Phase::kStoppingControl;
    control_.end(now, kControlGraceMs);
  }
  if (phase_ == Phase::kStoppingControl && !control_.running()) phase_ = Phase::kGone;
}

// ---- starts

void Crew::start_due(MonoMs now) {
  if (control_.due(now)) control_.start(generation_, now);
  if (!frontier_ready_) return;
  for (std::size_t i = 0; i < wanted_workers_; ++i) {
    if (workers_[i]->due(now)) workers_[i]->start(generation_, now);
  }
}

void Crew::make_workers(std::size_t count) {
  while (workers_.size() < count) {
    const std::size_t number = workers_.size();
    workers_.push_back(std::make_unique<Child>("worker " + std::to_string(number), page_.workers.at(number),
                                               setup_.worker(number), processes_));
  }
  page_.worker_count = static_cast<int>(workers_.size());
}

void Crew::drop_surplus_workers() {
  while (workers_.size() > wanted_workers_ && !workers_.back()->running()) workers_.pop_back();
  page_.worker_count = static_cast<int>(workers_.size());
}

// ---- reload

void Crew::reload(std::size_t workers, MonoMs max_silence_ms, MonoMs now) {
  if (phase_ == Phase::kRunning) manager_.reloading(now);
  reloading_ = true;
  ++generation_;
  wanted_workers_ = workers;
  max_silence_ms_ = max_silence_ms;
  make_workers(workers);
}

/// At most one child is away at a time; a surplus worker goes without a replacement.
void Crew::replace_outdated(MonoMs now) {
  if (!reloading_ || !frontier_ready_) return;
  for (std::size_t i = wanted_workers_; i < workers_.size(); ++i) {
    if (!workers_[i]->ending()) workers_[i]->end(now, kWorkerGraceMs);
  }
  drop_surplus_workers();
  for (std::size_t i = 0; i < wanted_workers_; ++i) {
    Child& worker = *workers_[i];
    if (worker.running() && worker.generation() != generation_ && !worker.ending()) worker.end(now, kWorkerGraceMs);
    if (!worker.ready() || worker.generation() != generation_) return;
  }
  if (control_.running() && control_.generation() != generation_ && !control_.ending())
    control_.end(now, kControlGraceMs);
  if (!all_of_generation_ready() || workers_.size() != wanted_workers_) return;
  reloading_ = false;
  log::info("reloaded");
  if (phase_ == Phase::kRunning) manager_.ready();
}

// ---- what others are told

void Crew::tell(MonoMs now) {
  if (phase_ == Phase::kStarting && all_of_generation_ready()) {
    phase_ = Phase::kRunning;
    log::info("ready: {} workers, {}", wanted_workers_, setup_.place);
    manager_.ready();
  }
  bool sound = control_.beating(now, max_silence_ms_);
  ProgressLine progress{page_.done, page_.total, page_.rate_per_1000s, 0};
  for (const auto& worker : workers_) sound = sound && worker->beating(now, max_silence_ms_);
  for (std::size_t i = 0; i < workers_.size(); ++i) progress.in_flight += page_.workers.at(i).in_flight;
  if (sound && phase_ == Phase::kRunning) manager_.beat(now);
  if (now < next_status_) return;
  next_status_ = now + kTickMs;
  if (phase_ == Phase::kStarting) {
    manager_.status(frontier_ready_ ? "starting the workers" : "opening the database");
  } else {
    manager_.status(stopping() ? "stopping: " + to_string(progress) : to_string(progress));
  }
}

bool Crew::all_of_generation_ready() const {
  const auto current = [this](const Child& child) { return child.ready() && child.generation() == generation_; };
  return current(control_) &&
         std::all_of(workers_.begin(), workers_.begin() + static_cast<std::ptrdiff_t>(wanted_workers_),
                     [&](const auto& worker) { return current(*worker); });
}

bool Crew::workers_gone() const {
  return std::none_of(workers_.begin(), workers_.end(), [](const auto& worker) { return worker->running(); });
}

}  // namespace wswp::daemon
