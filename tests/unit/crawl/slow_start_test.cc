#include "crawl/slow_start.h"

#include <gtest/gtest.h>

namespace wswp::crawl {
namespace {

constexpr std::size_t kMany = 5000;

TEST(SlowStart, AnyNumberWhereNobodyHasDied) {
  SlowStart start(false);
  start.began(kMany);
  EXPECT_EQ(start.admit(kMany), kMany);
}

TEST(SlowStart, EightAtFirst) {
  SlowStart start(true);
  EXPECT_EQ(start.admit(3), 3U);
  EXPECT_EQ(start.admit(kMany), 8U);
  start.began(8);
  EXPECT_EQ(start.admit(kMany), 0U);
  start.ended();
  EXPECT_EQ(start.admit(kMany), 1U);
}

TEST(SlowStart, TwiceAsManyWhenAsManyHaveEnded) {
  SlowStart start(true);
  for (std::size_t window = 8; window < 1024; window *= 2) {
    start.began(window);
    EXPECT_EQ(start.admit(kMany), 0U);
    for (std::size_t i = 0; i < window; ++i) start.ended();
    EXPECT_GE(start.admit(kMany), 2 * window);
  }
  EXPECT_EQ(start.admit(kMany), kMany);
}

}  // namespace
}  // namespace wswp::crawl
