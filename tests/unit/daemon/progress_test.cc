#include "daemon/api/progress.h"

#include <vector>

#include <gtest/gtest.h>

namespace wswp::api {
namespace {

std::vector<frontier::Crawl> crawl(std::int64_t total, std::int64_t pending) {
  frontier::Crawl result;
  result.id = 7;
  result.counters.total = total;
  result.counters.pending = pending;
  return {result};
}

constexpr WallMs kLater = 1'000'000;  // long after the crawls, which were made at 0

TEST(Progress, IsZeroWhereTooLittleIsKnown) {
  Progress progress;
  EXPECT_EQ(progress.rate(crawl(100, 50)[0], 1000, kLater), 0);
  progress.sample(crawl(100, 50), 1000);
  EXPECT_EQ(progress.rate(crawl(100, 50)[0], 1000, kLater), 0);
  EXPECT_EQ(progress.total_rate(), 0);
}

TEST(Progress, OfACrawlThatHasJustBegunIsThatOfItsLife) {
  Progress progress;
  EXPECT_DOUBLE_EQ(progress.rate(crawl(100, 80)[0], 5000, 400), 50);
  EXPECT_EQ(progress.rate(crawl(100, 80)[0], 5000, 20), 0) << "too short to tell";
  progress.sample(crawl(100, 80), 5000);
  EXPECT_DOUBLE_EQ(progress.rate(crawl(100, 75)[0], 5500, 900), 10) << "from the first sample on";
}

TEST(Progress, IsOutcomesPerSecond) {
  Progress progress;
  progress.sample(crawl(100, 100), 0);
  progress.sample(crawl(500, 480), 2000);  // what was added does not count
  EXPECT_DOUBLE_EQ(progress.rate(crawl(500, 480)[0], 2000, kLater), 10);
  EXPECT_DOUBLE_EQ(progress.total_rate(), 10);
}

TEST(Progress, ForgetsWhatIsOlderThanTenSeconds) {
  Progress progress;
  progress.sample(crawl(1000, 1000), 0);
  for (int second = 1; second <= 5; ++second) progress.sample(crawl(1000, 1000 - 100 * second), second * 1000);
  for (int second = 6; second <= 20; ++second) progress.sample(crawl(1000, 500), second * 1000);
  EXPECT_EQ(progress.rate(crawl(1000, 500)[0], 20'000, kLater), 0);
}

TEST(Progress, IsThatOfTheLastTenSecondsNotOfTheLastOne) {
  Progress progress;
  for (int second = 0; second <= 9; ++second) progress.sample(crawl(1000, 1000 - 50 * second), second * 1000);
  progress.sample(crawl(1000, 550), 10'000);  // a second without an outcome
  EXPECT_DOUBLE_EQ(progress.rate(crawl(1000, 550)[0], 10'000, kLater), 45);
}

TEST(Progress, NeverNegative) {
  Progress progress;
  progress.sample(crawl(10, 0), 0);
  progress.sample(crawl(10, 10), 1000);
  EXPECT_EQ(progress.rate(crawl(10, 10)[0], 1000, kLater), 0);
}

}  // namespace
}  // namespace wswp::api
