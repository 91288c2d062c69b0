#include "crawl/policy.h"

#include <gtest/gtest.h>

namespace wswp::crawl {
namespace {

TEST(Policy, TheLongerDelayHolds) {
  const Policy policy{.max_crawl_delay_ms = 30'000};
  EXPECT_EQ(policy.host_delay_ms(5000, 0), 5000);
  EXPECT_EQ(policy.host_delay_ms(5000, 10'000), 10'000);
  EXPECT_EQ(policy.host_delay_ms(5000, 90'000), 30'000);
  EXPECT_EQ(policy.host_delay_ms(60'000, 90'000), 60'000);
}

TEST(Policy, ComesFromTheSettings) {
  config::Settings settings;
  settings.fetch.user_agent = "ExampleBot/2.0 (+https://example.com/bot)";
  settings.fetch.retries = 7;
  settings.politeness.robots = false;
  const Policy policy = Policy::from(settings);
  EXPECT_EQ(policy.product_token, "ExampleBot");
  EXPECT_EQ(policy.retry.retries, 7);
  EXPECT_FALSE(policy.obey_robots);
}

}  // namespace
}  // namespace wswp::crawl
