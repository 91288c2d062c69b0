#include "daemon/processes.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <exception>

#include "base/log.h"
#include "daemon/signals.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

namespace wswp::daemon {
namespace {

/// Never returns: what lies above it on the stack is the supervisor's.
[[noreturn]] void run_child(pid_t supervisor, const std::string& name, const std::function<int()>& body) {
  if (!become_child(supervisor)) ::_exit(0);
  ::prctl(PR_SET_NAME, ("wswpd " + name).c_str());
  log::set_process_name(name);
  int status = 1;
  try {
    status = body();
  } catch (const std::exception& e) {
    log::error("unexpected: {}", e.what());
  }
#ifdef __SANITIZE_ADDRESS__
  __lsan_do_leak_check();  // which exit() would do; it ends the process with status 23 if anything has leaked
#endif
  ::_exit(status);
}

class RealProcesses final : public Processes {
 public:
  pid_t start(const std::string& name, const std::function<int()>& body) override {
    const pid_t supervisor = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0) run_child(supervisor, name, body);
    return pid;
  }
  void signal(pid_t pid, int number) override { ::kill(pid, number); }
};

}  // namespace

Processes& real_processes() {
  static RealProcesses processes;
  return processes;
}

}  // namespace wswp::daemon
