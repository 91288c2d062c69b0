#pragma once
// What the supervisor asks of the system about its children: to start a process, and to signal one. An interface, so
// that tests can see what is decided without processes.

#include <sys/types.h>

#include <functional>
#include <string>

namespace wswp::daemon {

class Processes {
 public:
  virtual ~Processes() = default;
  /// A process that runs `body` and ends with the value it returns; -1, with errno, where there can be none.
  /// Precondition: SIGTERM is blocked (SignalSource).
  virtual pid_t start(const std::string& name, const std::function<int()>& body) = 0;
  /// As kill(2).
  virtual void signal(pid_t pid, int number) = 0;
};

/// The processes of this machine: fork(2), as children that end with their parent. One thread.
Processes& real_processes();

}  // namespace wswp::daemon
