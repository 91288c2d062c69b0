#include "daemon/systemd.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace wswp::daemon {
namespace {

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

}  // namespace

ServiceManager::ServiceManager() {
  const char* path = std::getenv("NOTIFY_SOCKET");
  if (path == nullptr || (path[0] != '/' && path[0] != '@') || std::strlen(path) >= sizeof(sockaddr_un::sun_path))
    return;
  address_ = path;
  if (address_[0] == '@') address_[0] = '\0';  // of the abstract namespace, unix(7)
  socket_ = FileDescriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  std::uint64_t interval_us = 0;
  if (::sd_watchdog_enabled(0, &interval_us) > 0)
    beat_interval_ = std::max<MonoMs>(1, static_cast<MonoMs>(interval_us / 2000));
}

void ServiceManager::ready() {
  tell("READY=1");
}
void ServiceManager::reloading(MonoMs now) {
  tell(fmt::format("RELOADING=1\nMONOTONIC_USEC={}", now * 1000));
}
void ServiceManager::stopping() {
  tell("STOPPING=1");
}

void ServiceManager::status(const std::string& line) {
  if (send_unsent() && line != last_status_ && send("STATUS=" + line)) last_status_ = line;
}

std::optional<MonoMs> ServiceManager::next_beat() const {
  if (!beat_interval_) return std::nullopt;
  return last_beat_.value_or(0) + *beat_interval_;
}

void ServiceManager::beat(MonoMs now) {
  if (!beat_interval_ || (last_beat_ && now - *last_beat_ < *beat_interval_)) return;
  if (send_unsent() && send("WATCHDOG=1")) last_beat_ = now;
}

void ServiceManager::tell(std::string message) {
  if (address_.empty()) return;
  unsent_.push_back(std::move(message));
  send_unsent();
}

bool ServiceManager::send_unsent() {
  while (!unsent_.empty() && send(unsent_.front())) unsent_.pop_front();
  return unsent_.empty();
}

/// False: the manager has no room now. What fails otherwise is dropped: there is nobody to tell.
bool ServiceManager::send(const std::string& message) const {
  if (address_.empty()) return true;
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::memcpy(name.sun_path, address_.data(), address_.size());
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size());
  return ::sendto(socket_.get(), message.data(), message.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&name),
                  size) >= 0 ||
         (errno != EAGAIN && errno != ENOBUFS);
}

std::string to_string(const ProgressLine& progress) {
  const std::int64_t rate = progress.rate_per_1000s;
  const std::string per_second = rate > 0 && rate < 10'000 ? fmt::format("{:.1f}", static_cast<double>(rate) / 1000)
                                                           : grouped((rate + 500) / 1000);
  return fmt::format("{} of {} URLs done, {}/s, {} in flight", grouped(progress.done), grouped(progress.total),
                     per_second, grouped(progress.in_flight));
}

}  // namespace wswp::daemon
