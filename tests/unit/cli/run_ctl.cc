#include "run_ctl.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include "base/file.h"

namespace wswp::cli {
namespace {

constexpr unsigned kDeadlineS = 30;
constexpr uid_t kUidOfNobody = 65534;

struct Pipe {
  FileDescriptor reading, writing;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

Pipe make_terminal() {
  int ours = -1, theirs = -1;
  winsize size{.ws_row = 24, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0};
  if (::openpty(&ours, &theirs, nullptr, nullptr, &size) != 0) throw std::runtime_error("openpty");
  ::fcntl(ours, F_SETFD, FD_CLOEXEC);
  ::fcntl(theirs, F_SETFD, FD_CLOEXEC);
  return {FileDescriptor(ours), FileDescriptor(theirs)};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

/// Reads both to their ends; a terminal ends with EIO.
void collect(int out_fd, int err_fd, Outcome& outcome) {
  std::array<pollfd, 2> watched{pollfd{out_fd, POLLIN, 0}, pollfd{err_fd, POLLIN, 0}};
  while (watched[0].fd >= 0 || watched[1].fd >= 0) {
    ::poll(watched.data(), watched.size(), -1);
    for (pollfd& one : watched) {
      if (one.fd < 0 || one.revents == 0) continue;
      std::array<char, 65536> piece{};
      const ssize_t got = ::read(one.fd, piece.data(), piece.size());
      std::string& text = one.fd == out_fd ? outcome.out : outcome.err;
      if (got > 0) {
        text.append(piece.data(), static_cast<std::size_t>(got));
      } else {
        one.fd = -1;
      }
    }
  }
}

}  // namespace

Outcome run_ctl(const Run& run) {
  std::vector<std::string> arguments{WSWPCTL_PATH};
  arguments.insert(arguments.end(), run.arguments.begin(), run.arguments.end());
  std::vector<std::string> environment = run.environment;  // the first of a name counts
  environment.insert(environment.end(), {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TERM=xterm"});
  const auto argv = pointers(arguments);
  const auto envp = pointers(environment);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> input(std::tmpfile(), std::fclose);
  std::fwrite(run.input.data(), 1, run.input.size(), input.get());
  std::rewind(input.get());
  Pipe out = run.on_terminal ? make_terminal() : make_pipe();
  Pipe err = make_pipe();

  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::fileno(input.get()), STDIN_FILENO);
    ::dup2(out.writing.get(), STDOUT_FILENO);
    ::dup2(err.writing.get(), STDERR_FILENO);
    ::alarm(kDeadlineS);
    if (run.as_nobody && ::setresuid(kUidOfNobody, kUidOfNobody, kUidOfNobody) != 0) ::_exit(126);
    ::execve(argv[0], argv.data(), envp.data());
    ::_exit(127);
  }
  out.writing.reset();
  err.writing.reset();
  Outcome outcome;
  collect(out.reading.get(), err.reading.get(), outcome);
  int status = 0;
  ::waitpid(child, &status, 0);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return outcome;
}

}  // namespace wswp::cli
