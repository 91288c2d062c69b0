#include "base/obstacle.h"

#include <cerrno>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace wswp {
namespace {

TEST(Obstacle, EachHasAStableCodeAndASentence) {
  std::set<std::string> codes;
  for (int i = 1; i <= static_cast<int>(Obstacle::kInternal); ++i) {
    const auto obstacle = static_cast<Obstacle>(i);
    EXPECT_FALSE(explain(obstacle).empty());
    codes.emplace(code_of(obstacle));
  }
  EXPECT_EQ(codes, (std::set<std::string>{"disk_full", "read_only", "io_error", "damaged", "busy", "no_descriptors",
                                          "no_memory", "no_name_server", "internal"}));
  EXPECT_EQ(code_of(Obstacle::kNone), "");
  EXPECT_EQ(explain(Obstacle::kNone), "");
}

TEST(Obstacle, IsWhatAnErrnoSays) {
  EXPECT_EQ(obstacle_of_errno(0), Obstacle::kNone);
  EXPECT_EQ(obstacle_of_errno(ENOSPC), Obstacle::kDiskFull);
  EXPECT_EQ(obstacle_of_errno(EFBIG), Obstacle::kDiskFull);
  EXPECT_EQ(obstacle_of_errno(EROFS), Obstacle::kReadOnly);
  EXPECT_EQ(obstacle_of_errno(EIO), Obstacle::kIoError);
  EXPECT_EQ(obstacle_of_errno(EMFILE), Obstacle::kNoDescriptors);
  EXPECT_EQ(obstacle_of_errno(EAGAIN), Obstacle::kNoMemory);
  EXPECT_EQ(obstacle_of_errno(ECHILD), Obstacle::kInternal);
}

TEST(Obstacle, AShortageIsOfDescriptorsOrMemory) {
  EXPECT_TRUE(is_shortage(ENFILE));
  EXPECT_TRUE(is_shortage(ENOBUFS));
  EXPECT_FALSE(is_shortage(ENOSPC));
  EXPECT_FALSE(is_shortage(EACCES));
  EXPECT_FALSE(is_shortage(0));
}

}  // namespace
}  // namespace wswp
