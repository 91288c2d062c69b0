#include "daemon/supervisor.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "base/log.h"
#include "config/checks.h"
#include "daemon/control.h"
#include "daemon/limits.h"
#include "daemon/worker.h"

namespace wswp::daemon {
namespace {

constexpr MonoMs kTickMs = 1000;
constexpr MonoMs kStallMs = 5000;  // a turn that comes later than this means this process was stopped itself
constexpr MonoMs kWorkerGraceMs = 8000;
constexpr MonoMs kControlGraceMs = 5000;
constexpr MonoMs kHurriedGraceMs = 2000;

FileDescriptor new_event() {
  FileDescriptor fd(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (!fd) throw std::system_error(errno, std::generic_category(), "eventfd");
  return fd;
}

void drain_event(const FileDescriptor& event) {
  eventfd_t count = 0;
  ::eventfd_read(event.get(), &count);
}

std::size_t worker_count(const config::Settings& settings) {
  return std::min(static_cast<std::size_t>(config::effective_processes(settings.workers)), kMaxWorkers);
}

/// Site owners must be able to reach whoever crawls them. With connect_to, nobody is crawled but that address.
void ask_for_contact(const config::Fetch& fetch) {
  if (!fetch.connect_to.empty() || config::has_contact(fetch.user_agent)) return;
  log::warning("user_agent \"{}\" does not tell site owners how to reach you: set it to \"{} (+https://…)\"",
               fetch.user_agent, fetch.user_agent);
}

}  // namespace

Supervisor::Supervisor(SupervisorSetup setup, DataLock lock, ControlSocket socket)
    : setup_(std::move(setup)),
      lock_(std::move(lock)),
      socket_(std::move(socket)),
      ready_(new_event()),
      control_("control", page_->control, [this] { return control_body(); }),
      wanted_workers_(worker_count(setup_.settings)) {}

int Supervisor::run() {
  MonoMs now = setup_.clock->mono_ms();
  last_turn_ = heard_since_ = now;
  page_->started_ms = now;
  fit_open_files(setup_.settings.workers);
  ask_for_contact(setup_.settings.fetch);
  make_workers(wanted_workers_);
  while (phase_ != Phase::kGone) {
    turn(now);
    if (phase_ != Phase::kGone) wait(now);
    now = setup_.clock->mono_ms();
    take_signals(now);
  }
  socket_.unlink();
  if (exit_status_ == 0) log::info("stopped");
  return exit_status_;
}

void Supervisor::turn(MonoMs now) {
  if (now - last_turn_ > kStallMs) heard_since_ = now;
  last_turn_ = now;
  frontier_ready_ = frontier_ready_ || control_.ready();
  const MonoMs max_silence = setup_.settings.workers.stall_timeout_ms;
  // A migration may take its time: the control process is held to its beats only after it.
  if (frontier_ready_ || control_.ending()) control_.enforce(now, heard_since_, max_silence);
  for (auto& worker : workers_) worker->enforce(now, heard_since_, max_silence);
  if (stopping()) {
    advance_stop();
  } else {
    replace_outdated(now);
    start_due(now);
  }
  tell(now);
}

void Supervisor::wait(MonoMs now) {
  MonoMs until = std::min(now + kTickMs, control_.next_event(!stopping()));
  if (phase_ == Phase::kRunning) until = std::min(until, manager_.next_beat().value_or(until));
  for (std::size_t i = 0; i < workers_.size(); ++i)
    until = std::min(until, workers_[i]->next_event(!stopping() && frontier_ready_ && i < wanted_workers_));
  std::array<pollfd, 2> events{{{signals_.fd(), POLLIN, 0}, {ready_.get(), POLLIN, 0}}};
  ::poll(events.data(), events.size(), static_cast<int>(std::clamp<MonoMs>(until - now, 0, kTickMs)));
  if (events[1].revents != 0) drain_event(ready_);
}

// ---- signals

void Supervisor::take_signals(MonoMs now) {
  while (const auto signal = signals_.next()) {
    if (*signal == SIGCHLD) {
      reap(now);
    } else if (*signal == SIGHUP) {
      reload(now);
    } else {
      stop(now);
    }
  }
}

void Supervisor::reap(MonoMs now) {
  int status = 0;
  for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
    if (pid == control_.pid()) {
      bury(control_, status, now);
      const bool hopeless = WIFEXITED(status) && WEXITSTATUS(status) == kExitCannotStart;
      if (hopeless && !frontier_ready_) {
        exit_status_ = 1;
        stop(now);
      }
      continue;
    }
    for (auto& worker : workers_) {
      if (pid == worker->pid()) bury(*worker, status, now);
    }
  }
}

void Supervisor::bury(Child& child, int status, MonoMs now) {
  child.reaped(status, now);
  const MonoMs wait = child.next_event(true) - now;
  if (!stopping() && wait > 0)
    log::warning("{} is started again in {:.1f} s", child.name(), static_cast<double>(wait) / 1000);
}

void Supervisor::stop(MonoMs now) {
  if (stopping()) {
    log::info("stopping at once");
    page_->stopping_at_once = true;
  }
  const MonoMs hurry = stopping() ? kHurriedGraceMs : kWorkerGraceMs;
  if (!stopping()) {
    if (exit_status_ == 0) log::info("stopping");
    manager_.stopping();
    page_->stopping = true;
    phase_ = Phase::kStoppingWorkers;
  }
  for (auto& worker : workers_) worker->end(now, hurry);
  if (phase_ == Phase::kStoppingControl) control_.end(now, hurry);
}

void Supervisor::advance_stop() {
  if (phase_ == Phase::kStoppingWorkers && workers_gone()) {
    phase_ = Phase::kStoppingControl;
    control_.end(last_turn_, kControlGraceMs);
  }
  if (phase_ == Phase::kStoppingControl && !control_.running()) phase_ = Phase::kGone;
}

// ---- children

void Supervisor::start_due(MonoMs now) {
  if (control_.due(now)) control_.start(generation_, now);
  if (!frontier_ready_) return;
  for (std::size_t i = 0; i < wanted_workers_; ++i) {
    if (workers_[i]->due(now)) workers_[i]->start(generation_, now);
  }
}

void Supervisor::make_workers(std::size_t count) {
  while (workers_.size() < count) {
    const std::size_t number = workers_.size();
    wakes_.push_back(new_event());
    workers_.push_back(std::make_unique<Child>("worker " + std::to_string(number), page_->workers.at(number),
                                               [this, number] { return worker_body(number); }));
  }
  page_->worker_count = static_cast<int>(workers_.size());
}

void Supervisor::drop_surplus_workers() {
  while (workers_.size() > wanted_workers_ && !workers_.back()->running()) {
    workers_.pop_back();
    wakes_.pop_back();
  }
  page_->worker_count = static_cast<int>(workers_.size());
}

int Supervisor::worker_body(std::size_t number) {
  socket_.close();
  signals_.close();
  WorkerJob job;
  job.number = static_cast<int>(number);
  job.settings = setup_.settings;
  job.page = &*page_;
  job.wake_fd = wakes_[number].release();
  job.ready_fd = ready_.get();
  wakes_.clear();
  return run_worker(job);
}

int Supervisor::control_body() {
  signals_.close();
  ControlJob job;
  job.settings = setup_.settings;
  job.load_settings = setup_.load_settings;
  job.page = &*page_;
  job.listen_fd = socket_.fd();
  for (const auto& wake : wakes_) job.wake_fds.push_back(wake.get());
  job.ready_fd = ready_.get();
  job.prepare_database = !frontier_ready_;
  return run_control(job);
}

// ---- reload

void Supervisor::reload(MonoMs now) {
  if (stopping()) return;
  auto loaded = setup_.load_settings();
  if (!loaded) {
    log::error("configuration not reloaded: {}", loaded.message());
    return;
  }
  config::Settings& old = setup_.settings;
  if (loaded->data_dir != old.data_dir || loaded->socket != old.socket)
    log::warning("data_dir and socket change only with a restart; keeping {} and {}", old.data_dir, old.socket);
  loaded->data_dir = old.data_dir;
  loaded->socket = old.socket;
  old = std::move(*loaded);
  log::set_level(old.log.level);
  fit_open_files(old.workers);
  ask_for_contact(old.fetch);
  log::info("reloading");
  if (phase_ == Phase::kRunning) manager_.reloading(now);
  reloading_ = true;
  ++generation_;
  wanted_workers_ = worker_count(old);
  make_workers(wanted_workers_);
}

/// At most one child is away at a time; a surplus worker goes without a replacement.
void Supervisor::replace_outdated(MonoMs now) {
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

void Supervisor::tell(MonoMs now) {
  if (phase_ == Phase::kStarting && all_of_generation_ready()) {
    phase_ = Phase::kRunning;
    log::info("ready: {} workers, data in {}, socket {}", wanted_workers_, setup_.settings.data_dir,
              setup_.settings.socket);
    manager_.ready();
  }
  const MonoMs max_silence = setup_.settings.workers.stall_timeout_ms;
  bool sound = control_.beating(now, max_silence);
  ProgressLine progress{page_->done, page_->total, page_->rate_per_1000s, 0};
  for (const auto& worker : workers_) sound = sound && worker->beating(now, max_silence);
  for (std::size_t i = 0; i < workers_.size(); ++i) progress.in_flight += page_->workers.at(i).in_flight;
  if (sound && phase_ == Phase::kRunning) manager_.beat(now);
  if (now < next_status_) return;
  next_status_ = now + kTickMs;
  if (phase_ == Phase::kStarting) {
    manager_.status(frontier_ready_ ? "starting the workers" : "opening the database");
  } else {
    manager_.status(stopping() ? "stopping: " + to_string(progress) : to_string(progress));
  }
}

bool Supervisor::all_of_generation_ready() const {
  const auto current = [this](const Child& child) { return child.ready() && child.generation() == generation_; };
  return current(control_) &&
         std::all_of(workers_.begin(), workers_.begin() + static_cast<std::ptrdiff_t>(wanted_workers_),
                     [&](const auto& worker) { return current(*worker); });
}

bool Supervisor::workers_gone() const {
  return std::none_of(workers_.begin(), workers_.end(), [](const auto& worker) { return worker->running(); });
}

}  // namespace wswp::daemon
