#include "base/clock.h"

#include <gtest/gtest.h>

namespace wswp {
namespace {

TEST(Clock, Iso8601IsUtcWithMilliseconds) {
  EXPECT_EQ(iso8601(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(iso8601(1'461'196'800'123), "2016-04-21T00:00:00.123Z");
  EXPECT_EQ(iso8601(-1), "1969-12-31T23:59:59.999Z");
}

TEST(Clock, AManualClockMovesWhenItIsTold) {
  ManualClock clock(1000);
  clock.advance(5);
  EXPECT_EQ(clock.wall_ms(), 1005);
  EXPECT_EQ(clock.mono_ms(), 1005);
}

}  // namespace
}  // namespace wswp
