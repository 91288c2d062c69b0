#include "daemon/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <optional>
#include <thread>

#include <fmt/format.h>

namespace wswp::daemon {
namespace {

constexpr std::chrono::milliseconds kPause{20};

/// The pid that is written in the file; nothing where the holder has not written it yet.
std::optional<pid_t> holder_of(int file) {
  std::array<char, 32> text{};
  const ssize_t n = ::pread(file, text.data(), text.size(), 0);
  pid_t pid = 0;
  if (n <= 0 || std::from_chars(text.data(), text.data() + n, pid).ec != std::errc() || pid <= 0) return std::nullopt;
  return pid;
}

bool alive(pid_t pid) {
  return ::kill(pid, 0) == 0 || errno != ESRCH;
}

bool write_pid(int file) {
  const std::string text = fmt::format("{}\n", ::getpid());
  return ::ftruncate(file, 0) == 0 && ::pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

}  // namespace

Result<DataLock> DataLock::take(const std::string& data_dir, std::chrono::milliseconds patience) {
  const std::string path = data_dir + "/wswpd.lock";
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
  if (!file) return errno_error("cannot open the lock", path);
  for (std::chrono::milliseconds waited{0}; ::flock(file.get(), LOCK_EX | LOCK_NB) != 0; waited += kPause) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return errno_error("cannot lock", path);
    const std::optional<pid_t> holder = holder_of(file.get());
    if (holder && alive(*holder))
      return Error{fmt::format("data directory {} is in use by wswpd (pid {})", data_dir, *holder)};
    if (waited >= patience)
      return Error{fmt::format("data directory {} is in use by processes a dead wswpd left behind", data_dir)};
    std::this_thread::sleep_for(kPause);
  }
  if (!write_pid(file.get())) return errno_error("cannot write", path);
  return DataLock(std::move(file));
}

}  // namespace wswp::daemon
