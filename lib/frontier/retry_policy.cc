#include "frontier/retry_policy.h"

#include <algorithm>

namespace wswp::frontier {

bool may_try_again(const RetryPolicy& policy, int attempts) {
  return attempts < policy.retries;
}

std::int64_t backoff_ms(const RetryPolicy& policy, int failures, double luck) {
  std::int64_t delay = policy.retry_delay_ms;
  for (int i = 1; i < failures && delay < kLongestRetryDelayMs; ++i) delay *= 2;
  delay = std::min(delay, kLongestRetryDelayMs);
  const double more = static_cast<double>(delay) / 2 * std::clamp(luck, 0.0, 1.0);
  return std::min(delay + static_cast<std::int64_t>(more), kLongestRetryDelayMs);
}

}  // namespace wswp::frontier
