#pragma once
// A process that takes something hold of, and keeps it until it is told to end.

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <functional>

#include <gtest/gtest.h>

#include "base/file.h"

namespace wswp::test {

class HoldingProcess {
 public:
  /// Waits until `take`, which runs in the new process, has returned; the test fails where it says false. What it took
  /// must last for as long as that process.
  explicit HoldingProcess(const std::function<bool()>& take) {
    std::array<int, 2> held{}, end{};
    EXPECT_EQ(::pipe(held.data()), 0);
    EXPECT_EQ(::pipe(end.data()), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(end[1]);
      char byte = take() ? 'y' : 'n';
      if (::write(held[1], &byte, 1) != 1) ::_exit(1);
      while (::read(end[0], &byte, 1) > 0) {
      }
      ::_exit(0);
    }
    ::close(held[1]);
    ::close(end[0]);
    char byte = 0;
    EXPECT_EQ(::read(held[0], &byte, 1), 1);
    EXPECT_EQ(byte, 'y');
    ::close(held[0]);
    end_ = FileDescriptor(end[1]);
  }
  ~HoldingProcess() {
    end_.reset();
    ::waitpid(pid_, nullptr, 0);
  }
  HoldingProcess(const HoldingProcess&) = delete;
  HoldingProcess& operator=(const HoldingProcess&) = delete;

  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = 0;
  FileDescriptor end_;
};

}  // namespace wswp::test
