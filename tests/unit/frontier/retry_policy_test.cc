#include "frontier/retry_policy.h"

#include <gtest/gtest.h>

namespace wswp::frontier {
namespace {

constexpr RetryPolicy kPolicy{.retries = 2, .retry_delay_ms = 5000};

TEST(RetryPolicy, DoublesTheDelayAndEnds) {
  EXPECT_EQ(next_try_after(kPolicy, 0, 0), 5000);
  EXPECT_EQ(next_try_after(kPolicy, 1, 0), 10'000);
  EXPECT_EQ(next_try_after(kPolicy, 2, 0), std::nullopt);
}

TEST(RetryPolicy, WaitsAsLongAsTheServerAsks) {
  EXPECT_EQ(next_try_after(kPolicy, 0, 60'000), 60'000);
  EXPECT_EQ(next_try_after(kPolicy, 1, 1000), 10'000);
}

TEST(RetryPolicy, NeverWaitsLongerThanTheLimit) {
  EXPECT_EQ(next_try_after({.retries = 100, .retry_delay_ms = 5000}, 60, 0), kLongestRetryDelayMs);
  EXPECT_EQ(next_try_after(kPolicy, 0, kLongestRetryDelayMs * 10), kLongestRetryDelayMs);
}

TEST(RetryPolicy, NoRetriesMeansOneTry) {
  EXPECT_EQ(next_try_after({.retries = 0}, 0, 0), std::nullopt);
}

}  // namespace
}  // namespace wswp::frontier
