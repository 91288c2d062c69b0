#include "daemon/supervisor.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <fmt/format.h>

#include "base/log.h"
#include "config/checks.h"
#include "daemon/control.h"
#include "daemon/limits.h"
#include "daemon/worker.h"

namespace wswp::daemon {
namespace {

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
      crew_(crew_setup(), *page_, manager_, real_processes()) {}

CrewSetup Supervisor::crew_setup() {
  return {.control = [this] { return control_body(); },
          .worker = [this](std::size_t number) -> Child::Body {
            while (wakes_.size() <= number) wakes_.push_back(new_event());
            return [this, number] { return worker_body(number); };
          },
          .place = fmt::format("data in {}, socket {}", setup_.settings.data_dir, setup_.settings.socket)};
}

int Supervisor::run() {
  MonoMs now = setup_.clock->mono_ms();
  page_->started_ms = now;
  fit_open_files(setup_.settings.workers);
  ask_for_contact(setup_.settings.fetch);
  crew_.begin(worker_count(setup_.settings), setup_.settings.workers.stall_timeout_ms, now);
  while (!crew_.gone()) {
    crew_.turn(now);
    if (!crew_.gone()) wait(now);
    now = setup_.clock->mono_ms();
    take_signals(now);
  }
  socket_.unlink();
  if (crew_.exit_status() == 0) log::info("stopped");
  return crew_.exit_status();
}

void Supervisor::wait(MonoMs now) {
  std::array<pollfd, 2> events{{{signals_.fd(), POLLIN, 0}, {ready_.get(), POLLIN, 0}}};
  ::poll(events.data(), events.size(), static_cast<int>(crew_.next_turn(now) - now));
  if (events[1].revents != 0) drain_event(ready_);
}

void Supervisor::take_signals(MonoMs now) {
  while (const auto signal = signals_.next()) {
    if (*signal == SIGCHLD) {
      reap(now);
    } else if (*signal == SIGHUP) {
      reload(now);
    } else {
      crew_.stop(now);
    }
  }
}

void Supervisor::reap(MonoMs now) {
  int status = 0;
  for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) crew_.reaped(pid, status, now);
}

// ---- what the children do

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
  for (std::size_t i = 0; i < crew_.worker_count(); ++i) job.wake_fds.push_back(wakes_.at(i).get());
  job.ready_fd = ready_.get();
  job.prepare_database = !crew_.frontier_ready();
  return run_control(job);
}

// ---- reload

void Supervisor::reload(MonoMs now) {
  if (crew_.stopping()) return;
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
  crew_.reload(worker_count(old), old.workers.stall_timeout_ms, now);
}

}  // namespace wswp::daemon
