#include "support/eventually.h"

#include <thread>

namespace wswp::test {

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds deadline) {
  constexpr std::chrono::milliseconds kNap{5};
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(kNap);
  }
  return true;
}

}  // namespace wswp::test
