#pragma once
// Values on their way from any threads to one: put one by one, taken all at once. Unbounded; what bounds it is the
// number of visits that are out, and for their links VisitSink::congested().

#include <mutex>
#include <utility>
#include <vector>

namespace wswp::crawl {

template <class T>
class Mailbox {
 public:
  /// True: it was empty, so the receiver may be asleep.
  bool put(T value) {
    const std::lock_guard lock(mutex_);
    values_.push_back(std::move(value));
    return values_.size() == 1;
  }
  /// Leaves the mailbox empty; `into` is overwritten and its storage reused.
  void take(std::vector<T>& into) {
    into.clear();
    const std::lock_guard lock(mutex_);
    values_.swap(into);
  }

  /// At this moment.
  bool empty() const {
    const std::lock_guard lock(mutex_);
    return values_.empty();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<T> values_;
};

}  // namespace wswp::crawl
