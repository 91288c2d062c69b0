#include "timeline.h"

#include <gtest/gtest.h>

namespace wswp::power {
namespace {

TEST(TimelineTest, GoesBackButNotBehindWhatIsSafe) {
  Timeline timeline(1);
  for (const StateDigest state : {2U, 3U}) timeline.committed(state);
  timeline.secured();
  for (const StateDigest state : {4U, 5U}) timeline.committed(state);
  EXPECT_FALSE(timeline.go_back(2));
  EXPECT_TRUE(timeline.knows(2));
  EXPECT_FALSE(timeline.go_back(9));
  EXPECT_TRUE(timeline.go_back(4));
  EXPECT_EQ(timeline.newest(), 3U);
  EXPECT_EQ(timeline.safe(), 3U);
}

TEST(TimelineTest, APastMayComeBackUntilThePresentIsOnDisk) {
  Timeline timeline(1);
  for (const StateDigest state : {2U, 3U, 4U}) timeline.committed(state);
  ASSERT_TRUE(timeline.go_back(1));
  timeline.committed(8);
  Timeline returned = timeline;
  EXPECT_TRUE(returned.go_back(3));
  EXPECT_EQ(returned.newest(), 2U);
  timeline.secured();
  timeline.committed(9);
  EXPECT_FALSE(timeline.go_back(3));
}

}  // namespace
}  // namespace wswp::power
