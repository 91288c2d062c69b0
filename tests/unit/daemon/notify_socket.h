#pragma once
// A socket that the service manager would have, named in the environment of this process. One at a time, one thread.

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/file.h"
#include "support/temp_dir.h"

namespace wswp::daemon {

class NotifySocket {
 public:
  /// `address`: as in NOTIFY_SOCKET; empty: a file of its own.
  explicit NotifySocket(std::string address = "")
      : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    if (address.empty()) address = dir_.path() + "/notify";
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    std::memcpy(name.sun_path, address.data(), address.size());
    if (address[0] == '@') name.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size());
    EXPECT_EQ(::bind(fd_.get(), reinterpret_cast<const sockaddr*>(&name), size), 0);
    ::setenv("NOTIFY_SOCKET", address.c_str(), 1);
  }
  ~NotifySocket() {
    ::unsetenv("NOTIFY_SOCKET");
    ::unsetenv("WATCHDOG_USEC");
    ::unsetenv("WATCHDOG_PID");
  }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  /// What has arrived since the last call.
  std::vector<std::string> messages() const {
    std::vector<std::string> all;
    std::array<char, 4096> text{};
    for (ssize_t n = 0; (n = ::recv(fd_.get(), text.data(), text.size(), 0)) >= 0;)
      all.emplace_back(text.data(), static_cast<std::size_t>(n));
    return all;
  }

 private:
  test::TempDir dir_;
  FileDescriptor fd_;
};

/// To be called before a ServiceManager is made.
inline void set_watchdog(int interval_ms) {
  ::setenv("WATCHDOG_USEC", std::to_string(interval_ms * 1000).c_str(), 1);
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
}

}  // namespace wswp::daemon
