// Preloaded into a daemon (LD_PRELOAD) to make system calls fail and the wall clock jump as the fault board says.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "crash/fault_board.h"

namespace {

using wswp::test::FaultBoard;

/// Null: nobody disturbs this process.
FaultBoard* board() {
  static FaultBoard* const mapped = []() -> FaultBoard* {
    const char* path = std::getenv("WSWP_FAULTS");
    const int fd = path == nullptr ? -1 : ::open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) return nullptr;
    void* address = ::mmap(nullptr, sizeof(FaultBoard), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    ::close(fd);
    return address == MAP_FAILED ? nullptr : static_cast<FaultBoard*>(address);
  }();
  return mapped;
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

bool is_database(int fd) {
  std::array<char, 64> link{};
  std::array<char, 512> path{};
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", fd);
  const ssize_t length = ::readlink(link.data(), path.data(), path.size() - 1);
  return length > 0 && std::strstr(path.data(), "/wswp.db") != nullptr;
}

/// Whether the call fails; errno is set then.
bool fails(std::atomic<int> FaultBoard::*kind, int fd) {
  FaultBoard* const faults = board();
  const int error = faults == nullptr ? 0 : (faults->*kind).load();
  if (error == 0 || !is_database(fd)) return false;
  errno = error;
  return true;
}

}  // namespace

extern "C" {

#define WSWP_FALLIBLE(result, name, parameters, arguments, kind)                    \
  result name parameters {                                                          \
    static auto* const real = next<result parameters>(#name);                       \
    return fails(&FaultBoard::kind, fd) ? static_cast<result>(-1) : real arguments; \
  }

WSWP_FALLIBLE(ssize_t, write, (int fd, const void* data, size_t size), (fd, data, size), write_errno)
WSWP_FALLIBLE(ssize_t, pwrite, (int fd, const void* data, size_t size, off_t at), (fd, data, size, at), write_errno)
WSWP_FALLIBLE(ssize_t, pwrite64, (int fd, const void* data, size_t size, off64_t at), (fd, data, size, at), write_errno)
WSWP_FALLIBLE(int, ftruncate, (int fd, off_t size), (fd, size), write_errno)
WSWP_FALLIBLE(int, ftruncate64, (int fd, off64_t size), (fd, size), write_errno)
WSWP_FALLIBLE(int, fsync, (int fd), (fd), sync_errno)
WSWP_FALLIBLE(int, fdatasync, (int fd), (fd), sync_errno)
WSWP_FALLIBLE(ssize_t, read, (int fd, void* data, size_t size), (fd, data, size), read_errno)
WSWP_FALLIBLE(ssize_t, pread, (int fd, void* data, size_t size, off_t at), (fd, data, size, at), read_errno)
WSWP_FALLIBLE(ssize_t, pread64, (int fd, void* data, size_t size, off64_t at), (fd, data, size, at), read_errno)

int access(const char* path, int mode) {
  static auto* const real = next<int(const char*, int)>("access");
  const bool read_only = board() != nullptr && board()->write_errno == EROFS;
  if (!read_only || (mode & W_OK) == 0 || std::strstr(path, "/wswp.db") == nullptr) return real(path, mode);
  errno = EROFS;
  return -1;
}

pid_t fork() {
  static auto* const real = next<pid_t()>("fork");
  const int error = board() == nullptr ? 0 : board()->fork_errno.load();
  if (error == 0) return real();
  errno = error;
  return -1;
}

int clock_gettime(clockid_t clock, timespec* time) {
  static auto* const real = next<int(clockid_t, timespec*)>("clock_gettime");
  const int result = real(clock, time);
  if (clock == CLOCK_REALTIME && result == 0 && board() != nullptr) {
    const std::int64_t shift = board()->wall_shift_ms;
    time->tv_sec += shift / 1000;
  }
  return result;
}

}  // extern "C"
