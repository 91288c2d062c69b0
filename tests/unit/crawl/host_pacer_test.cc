#include "crawl/host_pacer.h"

#include <gtest/gtest.h>

namespace wswp::crawl {
namespace {

const Policy kPolicy{.retry = {.retries = 2, .retry_delay_ms = 5000}};
const Policy kAdaptive{.max_crawl_delay_ms = 30'000, .adaptive = 2.0};

TEST(HostPacer, AHostThatAnswersRestsForNothing) {
  HostPacer pacer(kPolicy, {});
  pacer.answered();
  EXPECT_EQ(pacer.rest_ms(), 0);
  EXPECT_EQ(pacer.change(), std::nullopt);
}

TEST(HostPacer, ManyFailuresOfAVisitAreOne) {
  HostPacer pacer(kPolicy, {});
  for (int i = 0; i < 8; ++i) pacer.failed(0, 0);
  EXPECT_EQ(pacer.change(), frontier::HostPace{.failures = 1});
  EXPECT_EQ(pacer.rest_ms(), 5000);
}

TEST(HostPacer, EachVisitThatFailsDoublesTheRest) {
  frontier::HostPace pace;
  for (const std::int64_t rest : {5000, 10'000, 20'000, 40'000}) {
    HostPacer pacer(kPolicy, pace);
    pacer.failed(0, 0);
    EXPECT_EQ(pacer.rest_ms(), rest);
    pace = *pacer.change();
  }
  HostPacer pacer(kPolicy, pace);
  pacer.answered();
  EXPECT_EQ(pacer.change(), frontier::HostPace{}) << "an answer takes all back";
}

TEST(HostPacer, WhatTheHostAsksForHoldsIfItIsLonger) {
  HostPacer pacer(kPolicy, {});
  pacer.failed(60'000, 0);
  EXPECT_EQ(pacer.rest_ms(), 60'000);
  HostPacer other(kPolicy, {.failures = 3});
  other.failed(1000, 0);
  EXPECT_EQ(other.rest_ms(), 40'000);
}

TEST(HostPacer, AFailureAfterAnAnswerGoesOnFromWhatWasKnown) {
  HostPacer pacer(kPolicy, {.failures = 3});
  pacer.answered();  // its robots.txt
  pacer.failed(0, 0);
  EXPECT_EQ(pacer.change(), frontier::HostPace{.failures = 4});
}

TEST(HostPacer, IsNotSlowedDownUnlessWanted) {
  HostPacer pacer(kPolicy, {});
  pacer.took(9000);
  EXPECT_EQ(pacer.delay_ms(), 0);
  EXPECT_EQ(pacer.change(), std::nullopt);
}

TEST(HostPacer, TheDelayGrowsAndShrinksWithTheAnswers) {
  HostPacer pacer(kAdaptive, {});
  pacer.took(100);
  EXPECT_EQ(pacer.delay_ms(), 200);
  pacer.took(3900);
  EXPECT_EQ(pacer.delay_ms(), 4000) << "half of it is the last answer";
  EXPECT_EQ(pacer.change(), frontier::HostPace{.answer_ms = 2000});
  HostPacer next(kAdaptive, *pacer.change());
  EXPECT_EQ(next.delay_ms(), 4000) << "the next visit begins with it";
  for (int i = 0; i < 12; ++i) next.took(100);
  EXPECT_LE(next.delay_ms(), 204);
}

TEST(HostPacer, SlownessCountsUpToMaxCrawlDelay) {
  HostPacer pacer(kAdaptive, {});
  pacer.took(60'000);
  EXPECT_EQ(pacer.delay_ms(), kAdaptive.max_crawl_delay_ms);
}

}  // namespace
}  // namespace wswp::crawl
