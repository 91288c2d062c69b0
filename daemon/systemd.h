#pragma once
// What the supervisor tells the service manager, by the protocol of sd_notify(3). Without NOTIFY_SOCKET in the
// environment every call does nothing. No call ever blocks, unlike sd_notify() itself: a manager that does not read
// must not keep the supervisor from its children. Supervisor only.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/file.h"

namespace wswp::daemon {

class ServiceManager {
 public:
  ServiceManager();

  void ready();
  void reloading(MonoMs now);
  void stopping();
  /// One line for people; sent only when it differs from the last one.
  void status(const std::string& line);
  /// Sends WATCHDOG=1 where a watchdog is set and half its interval has gone by since the last one.
  void beat(MonoMs now);
  /// When the next beat is due; nothing where nobody waits for one.
  std::optional<MonoMs> next_beat() const;

 private:
  void tell(std::string message);
  bool send(const std::string& message) const;
  bool send_unsent();

  FileDescriptor socket_;
  std::string address_;             // of the manager's socket; empty: there is none
  std::deque<std::string> unsent_;  // states of life the manager had no room for; tried again with the next call
  std::optional<MonoMs> beat_interval_;
  std::optional<MonoMs> last_beat_;
  std::string last_status_;
};

/// Sums over all crawls, as people read them.
struct ProgressLine {
  std::int64_t done = 0, total = 0;
  std::int64_t rate_per_1000s = 0;  // URLs in 1000 seconds
  std::int64_t in_flight = 0;
};

/// "1,234 of 100,000 URLs done, 412/s, 200 in flight".
std::string to_string(const ProgressLine& progress);

}  // namespace wswp::daemon
