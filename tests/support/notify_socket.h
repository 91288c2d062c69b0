#pragma once
// The service manager's end of the notification socket (sd_notify(3)). One thread.

#include <string>
#include <vector>

#include "base/file.h"
#include "support/eventually.h"

namespace wswp::test {

class NotifySocket {
 public:
  /// Binds a datagram socket at `path`.
  explicit NotifySocket(std::string path);

  /// For the daemon's environment.
  std::vector<std::string> environment(std::chrono::milliseconds watchdog) const;
  /// Waits for a message that has a line beginning with `start`, and returns the message; messages before it are
  /// passed over but kept. "": none came.
  std::string wait_for(const std::string& start, std::chrono::milliseconds deadline = kPatience);
  /// All that was received so far, in order.
  const std::vector<std::string>& messages() const { return messages_; }
  /// Has such a message been received already? Reads what has arrived, without waiting.
  bool has(const std::string& start);

 private:
  void receive_pending();

  std::string path_;
  FileDescriptor socket_;
  std::vector<std::string> messages_;
  std::size_t looked_at_ = 0;  // messages before it were passed over by wait_for()
};

}  // namespace wswp::test
