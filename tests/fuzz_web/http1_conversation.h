#pragma once
// HTTP/1 as a server hears it: requests are counted by host and target, and each is answered by a function of that.

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "delivery.h"
#include "http1_answers.h"

namespace wswp::fuzz {

/// What was asked for, of all connections. Any thread.
class AskedLog {
 public:
  /// The next attempt at it, which is written down.
  Asked note(std::string host, std::string target);
  /// The last of hostile hosts, oldest first.
  std::vector<Asked> last(std::size_t most) const;
  int count(const std::string& host, const std::string& target) const;
  std::size_t total() const;
  /// How often something has been asked for already, so that an attempt can be played again.
  void set_attempts(const Asked& asked);
  void clear();

 private:
  static constexpr std::size_t kKept = 256;
  mutable std::mutex mutex_;
  std::map<std::string, int> attempts_;  // by "host target"
  std::deque<Asked> last_;
  std::size_t total_ = 0;
};

class Http1Conversation : public Conversation {
 public:
  using Answer = std::function<Delivery(const Asked&)>;

  Http1Conversation(AskedLog& log, Answer answer) : log_(log), answer_(std::move(answer)) {}
  Delivery received(std::string_view bytes) override;

 private:
  AskedLog& log_;
  const Answer answer_;
  std::string head_;  // what has come of the next request
};

}  // namespace wswp::fuzz
