#include "robots/fetch_policy.h"

#include <algorithm>

#include "robots/cache_lifetime.h"

namespace wswp::robots {
namespace {

constexpr int kNotModified = 304;
constexpr int kTooManyRequests = 429;

bool is_unreachable(const Fetched& fetched) {
  if (fetched.too_many_redirects) return false;
  if (!fetched.status) return true;
  const int status = *fetched.status;
  return status < 200 || status >= 500 || status == kTooManyRequests;
}

std::int64_t lifetime_ms(const Fetched& fetched, WallMs now) {
  const auto seconds = cache_lifetime_s({fetched.cache_control, fetched.expires, fetched.date, fetched.age}, now);
  if (!seconds) return kMaxLifetimeMs;
  return std::clamp(std::min(*seconds, kMaxLifetimeMs / 1000) * 1000, kMinLifetimeMs, kMaxLifetimeMs);
}

/// `failures` from 1.
std::int64_t retry_delay_ms(int failures, const Fetched& fetched, std::int64_t first_retry_ms) {
  std::int64_t delay = std::clamp<std::int64_t>(first_retry_ms, 1, kMaxRetryDelayMs);
  for (int i = 1; i < failures && delay < kMaxRetryDelayMs; ++i) delay *= 2;
  delay = std::min(delay, kMaxRetryDelayMs);
  const std::int64_t asked_s = std::clamp<std::int64_t>(fetched.retry_after_s.value_or(0), 0, kMaxLifetimeMs / 1000);
  return std::max(delay, asked_s * 1000);
}

Decision after_failure(const Fetched& fetched, Known known, WallMs now, std::int64_t first_retry_ms) {
  if (known.failures == 0) known.unreachable_since = now;
  known.failures = std::min(known.failures, 1'000'000) + 1;
  Use use = Use::kKeep;
  if (!known.has_rules) {
    use = now - known.unreachable_since >= kUnreachableLimitMs ? Use::kAllowAll : Use::kDisallowAll;
  }
  return {use, now + retry_delay_ms(known.failures, fetched, first_retry_ms), known};
}

Use use_of_answer(const Fetched& fetched, const Known& known) {
  if (fetched.too_many_redirects) return Use::kAllowAll;
  if (*fetched.status == kNotModified && known.has_rules) return Use::kKeep;
  return *fetched.status < 300 ? Use::kParse : Use::kAllowAll;
}

}  // namespace

Decision after_fetch(const Fetched& fetched, const Known& known, WallMs now, std::int64_t first_retry_ms) {
  if (is_unreachable(fetched)) return after_failure(fetched, known, now, first_retry_ms);
  const Use use = use_of_answer(fetched, known);
  return {use, now + lifetime_ms(fetched, now), Known{.has_rules = use != Use::kAllowAll}};
}

}  // namespace wswp::robots
