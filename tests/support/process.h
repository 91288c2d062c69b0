#pragma once
// A program under test, in a process group of its own, with its output captured in anonymous files. It dies with the
// test, and its whole group is killed with the object. One thread: the kernel ends it with the thread that started it.

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "support/eventually.h"

namespace wswp::test {

struct ProcessOptions {
  std::vector<std::string> environment;  // "NAME=value", added to the test's own
  std::string input;                     // of standard input
};

class Process {
 public:
  /// `arguments[0]` is the binary. Throws std::system_error if it cannot be started.
  explicit Process(std::vector<std::string> arguments, ProcessOptions options = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  bool running() { return !wait(std::chrono::milliseconds(0)); }
  void signal(int number) const;
  /// Its exit status, or 128 + the signal that ended it; nothing: it runs on after `deadline`.
  std::optional<int> wait(std::chrono::milliseconds deadline = kPatience);
  /// SIGKILL, to it alone; its children must notice by themselves.
  void kill();
  /// The same to it and all its descendants that have not left its process group.
  void kill_group();

  std::string out() const;
  std::string err() const;

 private:
  pid_t pid_ = -1;
  FileDescriptor handle_;  // pidfd_open(2)
  FileDescriptor out_, err_;
  std::optional<int> status_;
};

struct Finished {
  int exit = -1;
  std::string out;
  std::string err;
};

/// Runs a program to its end; throws std::runtime_error with its output if that takes longer than `deadline`.
Finished run(std::vector<std::string> arguments, ProcessOptions options = {},
             std::chrono::milliseconds deadline = 2 * kPatience);

/// Does a process with this id exist (a zombie counts as gone)?
bool alive(pid_t pid);

}  // namespace wswp::test
