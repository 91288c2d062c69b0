#include "daemon/signals.h"

#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

namespace wswp::daemon {
namespace {

sigset_t set_of(std::initializer_list<int> signals) {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int signal : signals) ::sigaddset(&set, signal);
  return set;
}

/// A write that fails says so by its error: EPIPE, or EFBIG at a limit on the size of files.
void ignore_failures_of_writes() {
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace

SignalSource::SignalSource() {
  const sigset_t set = set_of({SIGCHLD, SIGTERM, SIGINT, SIGHUP});
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
  ignore_failures_of_writes();
  fd_ = FileDescriptor(::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
  if (!fd_) throw std::system_error(errno, std::generic_category(), "signalfd");
}

std::optional<int> SignalSource::next() {
  signalfd_siginfo info{};
  if (::read(fd_.get(), &info, sizeof(info)) != static_cast<ssize_t>(sizeof(info))) return std::nullopt;
  return static_cast<int>(info.ssi_signo);
}

bool become_child(pid_t supervisor) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::signal(SIGINT, SIG_IGN);
  ::signal(SIGHUP, SIG_IGN);
  ignore_failures_of_writes();
  const sigset_t set = set_of({SIGTERM});
  ::sigprocmask(SIG_SETMASK, &set, nullptr);
  return ::getppid() == supervisor;
}

bool wait_for_sigterm(std::chrono::milliseconds timeout) {
  const sigset_t set = set_of({SIGTERM});
  const timespec time{timeout.count() / 1000, (timeout.count() % 1000) * 1'000'000};
  return ::sigtimedwait(&set, nullptr, &time) == SIGTERM;
}

}  // namespace wswp::daemon
