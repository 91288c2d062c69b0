#pragma once
// A value that threads take turns with: it can be reached only while its lock is held.

#include <mutex>
#include <utility>

namespace wswp::api {

template <class T>
class Guarded {
 public:
  explicit Guarded(T value) : value_(std::move(value)) {}

  template <class Use>
  decltype(auto) with(Use&& use) {
    const std::lock_guard lock(mutex_);
    return std::forward<Use>(use)(value_);
  }

 private:
  std::mutex mutex_;
  T value_;
};

}  // namespace wswp::api
