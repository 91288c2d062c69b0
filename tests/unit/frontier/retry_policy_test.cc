#include "frontier/retry_policy.h"

#include <gtest/gtest.h>

namespace wswp::frontier {
namespace {

constexpr RetryPolicy kPolicy{.retries = 2, .retry_delay_ms = 5000};

TEST(RetryPolicy, AUrlHasSoManyFurtherTries) {
  EXPECT_TRUE(may_try_again(kPolicy, 0));
  EXPECT_TRUE(may_try_again(kPolicy, 1));
  EXPECT_FALSE(may_try_again(kPolicy, 2));
  EXPECT_FALSE(may_try_again({.retries = 0}, 0));
}

TEST(RetryPolicy, TheRestDoublesUpToTheLimit) {
  EXPECT_EQ(backoff_ms(kPolicy, 1, 0), 5000);
  EXPECT_EQ(backoff_ms(kPolicy, 2, 0), 10'000);
  EXPECT_EQ(backoff_ms(kPolicy, 5, 0), 80'000);
  EXPECT_EQ(backoff_ms(kPolicy, 1'000'000, 0), kLongestRetryDelayMs);
}

TEST(RetryPolicy, LuckOnlyLengthensIt) {
  EXPECT_EQ(backoff_ms(kPolicy, 1, 0.5), 6250);
  EXPECT_EQ(backoff_ms(kPolicy, 1, 1), 7500);
  EXPECT_EQ(backoff_ms(kPolicy, 60, 1), kLongestRetryDelayMs);
  EXPECT_EQ(backoff_ms({.retry_delay_ms = 0}, 3, 1), 0) << "no rest is wanted";
}

}  // namespace
}  // namespace wswp::frontier
