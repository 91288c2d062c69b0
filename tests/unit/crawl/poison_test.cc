#include "crawl/poison.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace wswp::crawl {
namespace {

TEST(Poison, WorksOnUrlsThatContainItsText) {
  const Poison poison = Poison::parse("throw:/strange,crash:/poison");
  EXPECT_THROW(poison.meet("http://a.test/strange/1"), std::runtime_error);
  EXPECT_NO_THROW(poison.meet("http://a.test/"));
  EXPECT_DEATH(poison.meet("http://a.test/poison"), "");
}

TEST(Poison, IsOffWithoutAWord) {
  EXPECT_TRUE(Poison().none());
  EXPECT_TRUE(Poison::parse("").none());
  EXPECT_TRUE(Poison::parse("crash,crash:,unknown:/x,:").none());
  EXPECT_NO_THROW(Poison().meet("http://a.test/poison"));
}

}  // namespace
}  // namespace wswp::crawl
