#include "support/process.h"

#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>

#include "support/system_failure.h"

namespace wswp::test {
namespace {

FileDescriptor anonymous_file(const char* name) {
  FileDescriptor file(::memfd_create(name, MFD_CLOEXEC));
  if (!file) fail("memfd_create");
  return file;
}

FileDescriptor input_file(const std::string& content) {
  FileDescriptor file = anonymous_file("stdin");
  if (::pwrite(file.get(), content.data(), content.size(), 0) != static_cast<ssize_t>(content.size())) fail("pwrite");
  return file;
}

std::string content_of(const FileDescriptor& file) {
  std::string content;
  std::array<char, 65536> piece{};
  for (ssize_t n = 0; (n = ::pread(file.get(), piece.data(), piece.size(), static_cast<off_t>(content.size()))) > 0;)
    content.append(piece.data(), static_cast<std::size_t>(n));
  return content;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> environment_with(std::vector<std::string> added) {
  for (char** each = environ; *each != nullptr; ++each) added.emplace_back(*each);
  return added;  // of two with one name, getenv(3) finds the first
}

/// Between fork and exec.
[[noreturn]] void become(const std::vector<char*>& arguments, const std::vector<char*>& environment, pid_t parent,
                         std::array<int, 3> files) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::setpgid(0, 0);
  for (int number = 0; number < 3; ++number) ::dup2(files.at(static_cast<std::size_t>(number)), number);
  ::execve(arguments[0], arguments.data(), environment.data());
  ::_exit(127);
}

}  // namespace

Process::Process(std::vector<std::string> arguments, ProcessOptions options)
    : out_(anonymous_file("stdout")), err_(anonymous_file("stderr")) {
  const FileDescriptor in = input_file(options.input);
  std::vector<std::string> environment = environment_with(std::move(options.environment));
  const std::vector<char*> argument_pointers = pointers(arguments);
  const std::vector<char*> environment_pointers = pointers(environment);
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) fail("fork");
  if (pid_ == 0) become(argument_pointers, environment_pointers, parent, {in.get(), out_.get(), err_.get()});
  ::setpgid(pid_, pid_);
  handle_ = FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  if (!handle_) fail("pidfd_open");
}

Process::~Process() {
  ::kill(-pid_, SIGKILL);
  if (!status_) ::waitpid(pid_, nullptr, 0);
}

void Process::signal(int number) const {
  if (!status_) ::kill(pid_, number);
}

std::optional<int> Process::wait(std::chrono::milliseconds deadline) {
  if (status_) return status_;
  pollfd ended{handle_.get(), POLLIN, 0};
  if (::poll(&ended, 1, static_cast<int>(deadline.count())) <= 0) return std::nullopt;
  int status = 0;
  if (::waitpid(pid_, &status, 0) != pid_) fail("waitpid");
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return status_;
}

void Process::kill() {
  signal(SIGKILL);
  wait();
}

void Process::kill_group() {
  if (!status_) ::kill(-pid_, SIGKILL);
  wait();
}

std::string Process::out() const {
  return content_of(out_);
}
std::string Process::err() const {
  return content_of(err_);
}

Finished run(std::vector<std::string> arguments, ProcessOptions options, std::chrono::milliseconds deadline) {
  const std::string name = arguments.at(0);
  Process process(std::move(arguments), std::move(options));
  const auto status = process.wait(deadline);
  if (!status) throw std::runtime_error(fmt::format("{} does not end:\n{}{}", name, process.out(), process.err()));
  return {*status, process.out(), process.err()};
}

bool alive(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  std::string line;
  if (!std::getline(file, line)) return false;
  const std::size_t name_end = line.rfind(')');
  return name_end != std::string::npos && line.size() > name_end + 2 && line[name_end + 2] != 'Z';
}

}  // namespace wswp::test
