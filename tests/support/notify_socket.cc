#include "support/notify_socket.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>

namespace wswp::test {
namespace {

bool has_line(const std::string& message, const std::string& start) {
  return message.starts_with(start) || message.find("\n" + start) != std::string::npos;
}

}  // namespace

NotifySocket::NotifySocket(std::string path) : path_(std::move(path)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path_.size() >= sizeof(address.sun_path)) throw std::runtime_error("socket path too long: " + path_);
  std::memcpy(address.sun_path, path_.data(), path_.size());
  socket_ = FileDescriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const void* name = &address;
  if (!socket_ || ::bind(socket_.get(), static_cast<const sockaddr*>(name), sizeof(address)) != 0)
    throw std::system_error(errno, std::generic_category(), "bind " + path_);
}

std::vector<std::string> NotifySocket::environment(std::chrono::milliseconds watchdog) const {
  return {"NOTIFY_SOCKET=" + path_, fmt::format("WATCHDOG_USEC={}", watchdog.count() * 1000)};
}

void NotifySocket::receive_pending() {
  std::array<char, 4096> message{};
  for (ssize_t n = 0; (n = ::recv(socket_.get(), message.data(), message.size(), 0)) > 0;)
    messages_.emplace_back(message.data(), static_cast<std::size_t>(n));
}

std::string NotifySocket::wait_for(const std::string& start, std::chrono::milliseconds deadline) {
  std::string found;
  const bool came = eventually(
      [&] {
        receive_pending();
        while (looked_at_ < messages_.size()) {
          found = messages_[looked_at_++];
          if (has_line(found, start)) return true;
        }
        return false;
      },
      deadline);
  return came ? found : "";
}

bool NotifySocket::has(const std::string& start) {
  receive_pending();
  return std::any_of(messages_.begin(), messages_.end(),
                     [&](const std::string& message) { return has_line(message, start); });
}

}  // namespace wswp::test
