#include "daemon/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <optional>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "base/log.h"

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

/// Nothing to lock is locked. An errno other than EWOULDBLOCK: it cannot be.
bool try_lock(const FileDescriptor& file) {
  if (!file) return true;
  int status = 0;
  do status = ::flock(file.get(), LOCK_EX | LOCK_NB);
  while (status != 0 && errno == EINTR);
  return status == 0;
}

/// For people and messages; a full disk does not keep the daemon from its start.
void note_pid(int file) {
  const std::string text = fmt::format("{}\n", ::getpid());
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, text.data(), text.size(), 0) < 0)
    log::warning("cannot write the pid into the lock: {}", std::generic_category().message(errno));
}

}  // namespace

Result<DataLock> DataLock::take(const std::string& data_dir, std::chrono::milliseconds patience) {
  const std::string path = data_dir + "/wswpd.lock";
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
  const bool writable = static_cast<bool>(file);
  if (!writable && errno != EROFS) return errno_error("cannot open the lock", path);
  if (!writable) file = FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  FileDescriptor directory(::open(data_dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file && !directory) return errno_error("cannot open the lock", path);
  for (std::chrono::milliseconds waited{0}; !try_lock(directory) || !try_lock(file); waited += kPause) {
    if (errno != EWOULDBLOCK) return errno_error("cannot lock", path);
    const std::optional<pid_t> holder = holder_of(file.get());
    if (holder && alive(*holder))
      return Error{fmt::format("data directory {} is in use by wswpd (pid {})", data_dir, *holder)};
    if (waited >= patience)
      return Error{fmt::format("data directory {} is in use by processes a dead wswpd left behind", data_dir)};
    std::this_thread::sleep_for(kPause);
  }
  if (writable) note_pid(file.get());
  return DataLock(std::move(file), std::move(directory));
}

}  // namespace wswp::daemon
