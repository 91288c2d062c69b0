#include "http1_conversation.h"

#include <algorithm>
#include <iterator>

namespace wswp::fuzz {
namespace {

std::string host_of(std::string_view head) {
  constexpr std::string_view kField = "\r\nHost: ";
  const std::size_t at = head.find(kField);
  if (at == std::string_view::npos) return "";
  const std::string_view value = head.substr(at + kField.size());
  return std::string(value.substr(0, value.find_first_of(":\r")));
}

std::string target_of(std::string_view head) {
  const std::size_t begin = head.find(' ') + 1;
  return std::string(head.substr(begin, head.find(' ', begin) - begin));
}

}  // namespace

Asked AskedLog::note(std::string host, std::string target) {
  const std::lock_guard lock(mutex_);
  const int attempt = ++attempts_[host + " " + target];
  Asked asked{std::move(host), std::move(target), attempt};
  ++total_;
  if (!is_healthy(asked.host)) last_.push_back(asked);
  if (last_.size() > kKept) last_.pop_front();
  return asked;
}

std::vector<Asked> AskedLog::last(std::size_t most) const {
  const std::lock_guard lock(mutex_);
  const std::size_t count = std::min(most, last_.size());
  return {std::prev(last_.end(), static_cast<std::ptrdiff_t>(count)), last_.end()};
}

int AskedLog::count(const std::string& host, const std::string& target) const {
  const std::lock_guard lock(mutex_);
  const auto found = attempts_.find(host + " " + target);
  return found == attempts_.end() ? 0 : found->second;
}

std::size_t AskedLog::total() const {
  const std::lock_guard lock(mutex_);
  return total_;
}

void AskedLog::set_attempts(const Asked& asked) {
  const std::lock_guard lock(mutex_);
  attempts_[asked.host + " " + asked.target] = asked.attempt - 1;
}

void AskedLog::clear() {
  const std::lock_guard lock(mutex_);
  attempts_.clear();
  last_.clear();
}

Delivery Http1Conversation::received(std::string_view bytes) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  constexpr char kTlsHandshake = '\x16';
  head_ += bytes;
  Delivery all;
  if (head_.front() == kTlsHandshake) {
    all.end = End::kClose;
    return all;
  }
  for (std::size_t end = head_.find(kEnd); end != std::string::npos; end = head_.find(kEnd)) {
    const std::string head = head_.substr(0, end + 2);
    head_.erase(0, end + kEnd.size());
    Delivery next = answer_(log_.note(host_of(head), target_of(head)));
    std::move(next.pieces.begin(), next.pieces.end(), std::back_inserter(all.pieces));
    all.pause_ms = next.pause_ms;
    all.end = next.end;
    if (!goes_on(all.end)) break;
  }
  return all;
}

}  // namespace wswp::fuzz
