#pragma once
// Whether a try that did not succeed is repeated, and when. Pure.

#include <cstdint>
#include <optional>

namespace wswp::frontier {

struct RetryPolicy {
  int retries = 2;                     // further tries
  std::int64_t retry_delay_ms = 5000;  // before the first of them; doubles with each
};

/// The longest a host is left alone because of a failure, in milliseconds.
inline constexpr std::int64_t kLongestRetryDelayMs = 3'600'000;

/// A try has failed in a way that may pass, after `attempts` (from 0) that failed before it. Returns how long to wait
/// before the next one, at least `asked_ms` (of a Retry-After header; 0: none), or nothing if that was the last.
std::optional<std::int64_t> next_try_after(const RetryPolicy& policy, int attempts, std::int64_t asked_ms);

}  // namespace wswp::frontier
