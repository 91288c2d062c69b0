#include "frontier/retry_policy.h"

#include <algorithm>

namespace wswp::frontier {

std::optional<std::int64_t> next_try_after(const RetryPolicy& policy, int attempts, std::int64_t asked_ms) {
  if (attempts >= policy.retries) return std::nullopt;
  std::int64_t delay = policy.retry_delay_ms;
  for (int i = 0; i < attempts && delay < kLongestRetryDelayMs; ++i) delay *= 2;
  return std::min(std::max(delay, asked_ms), kLongestRetryDelayMs);
}

}  // namespace wswp::frontier
