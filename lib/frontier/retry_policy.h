#pragma once
// Whether a try that did not succeed is repeated, and how long its host rests. The one is the URL's affair, the other
// the host's: however many of its URLs have failed, a host rests by how often in a row it has let visits down. Pure.

#include <cstdint>

namespace wswp::frontier {

struct RetryPolicy {
  int retries = 2;                     // further tries of a URL
  std::int64_t retry_delay_ms = 5000;  // a host's rest after a first failure; doubles with each in a row
};

/// The longest a host is left alone because of failures, in milliseconds.
inline constexpr std::int64_t kLongestRetryDelayMs = 3'600'000;

/// A try has failed in a way that may pass, after `attempts` (from 0) that failed before it: whether there is another.
bool may_try_again(const RetryPolicy& policy, int attempts);

/// How long a host rests that has let `failures` (from 1) visits in a row down. `luck`, 0 to 1, makes it up to half as
/// long again, never shorter, so that hosts which failed together are not asked together.
std::int64_t backoff_ms(const RetryPolicy& policy, int failures, double luck);

}  // namespace wswp::frontier
