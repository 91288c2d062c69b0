#include "crawl/robots_gate.h"

#include <gtest/gtest.h>

namespace wswp::crawl {
namespace {

constexpr WallMs kNow = 1'700'000'000'000;
const Policy kPolicy{.product_token = "wswp"};

robots::Fetched status(int code) {
  return {.status = code};
}

TEST(RobotsGate, AHostThatWasNeverAskedMustBeAsked) {
  EXPECT_TRUE(RobotsGate(kPolicy, std::nullopt, kNow).must_ask());
}

TEST(RobotsGate, NobodyIsAskedWhereRobotsAreNotObeyed) {
  const Policy policy{.obey_robots = false};
  const RobotsGate gate(policy, std::nullopt, kNow);
  EXPECT_FALSE(gate.must_ask());
  EXPECT_TRUE(gate.allows("/private"));
}

TEST(RobotsGate, AnAnswerHoldsUntilItExpires) {
  RobotsGate first(kPolicy, std::nullopt, kNow);
  first.answered(status(200), "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n", kNow);
  EXPECT_FALSE(first.must_ask());
  EXPECT_FALSE(first.allows("/private/x"));
  EXPECT_EQ(first.crawl_delay_ms(), 7000);
  const RobotsGate later(kPolicy, first.record(), kNow + 3600'000);
  EXPECT_FALSE(later.must_ask());
  EXPECT_FALSE(later.allows("/private/x"));
  EXPECT_TRUE(later.allows("/"));
  EXPECT_TRUE(RobotsGate(kPolicy, first.record(), first.record()->expires_at).must_ask());
}

TEST(RobotsGate, CrawlDelayIsCutToTheLimit) {
  RobotsGate gate(kPolicy, std::nullopt, kNow);
  gate.answered(status(200), "User-agent: *\nCrawl-delay: 900\nDisallow: /x\n", kNow);
  EXPECT_EQ(gate.crawl_delay_ms(), kPolicy.max_crawl_delay_ms);
}

TEST(RobotsGate, Rfc9309Section2_3_1_3_UnavailableAllows) {
  RobotsGate gate(kPolicy, std::nullopt, kNow);
  gate.answered(status(404), "User-agent: *\nDisallow: /\n", kNow);
  EXPECT_FALSE(gate.closed());
  EXPECT_TRUE(gate.allows("/"));
  const RobotsGate later(kPolicy, gate.record(), kNow + 1000);
  EXPECT_FALSE(later.must_ask());
  EXPECT_TRUE(later.allows("/"));
}

TEST(RobotsGate, Rfc9309Section2_3_1_4_UnreachableClosesAndIsAskedAgain) {
  RobotsGate gate(kPolicy, std::nullopt, kNow);
  gate.answered(status(503), "", kNow);
  EXPECT_TRUE(gate.closed());
  const RobotsGate soon(kPolicy, gate.record(), kNow + 1);
  EXPECT_TRUE(soon.closed());
  EXPECT_FALSE(soon.must_ask());
  EXPECT_TRUE(RobotsGate(kPolicy, gate.record(), gate.record()->expires_at).must_ask());
}

TEST(RobotsGate, Rfc9309Section2_3_1_4_AfterThirtyDaysThereAreNoRules) {
  RobotsGate first(kPolicy, std::nullopt, kNow);
  first.answered(status(503), "", kNow);
  const WallMs almost = kNow + robots::kUnreachableLimitMs - 1;
  RobotsGate last(kPolicy, first.record(), almost);
  EXPECT_TRUE(last.must_ask());
  last.answered({}, "", almost);
  EXPECT_TRUE(last.closed());
  RobotsGate open(kPolicy, last.record(), last.record()->expires_at);
  EXPECT_TRUE(open.must_ask());
  open.answered({}, "", last.record()->expires_at);
  EXPECT_FALSE(open.closed());
  EXPECT_TRUE(open.allows("/"));
  const RobotsGate later(kPolicy, open.record(), last.record()->expires_at + 1);
  EXPECT_FALSE(later.must_ask());
  EXPECT_FALSE(later.closed()) << "nor for the next visit";
}

TEST(RobotsGate, Rfc9309Section2_4_HoldsADayOrAsItsHeaderSays) {
  const auto lifetime = [](const robots::Fetched& fetched) {
    RobotsGate gate(kPolicy, std::nullopt, kNow);
    gate.answered(fetched, "User-agent: *\nDisallow: /private\n", kNow);
    return gate.record()->expires_at - kNow;
  };
  EXPECT_EQ(lifetime(status(200)), robots::kMaxLifetimeMs);
  EXPECT_EQ(lifetime({.status = 200, .cache_control = "public, max-age=3600"}), 3'600'000);
  EXPECT_EQ(lifetime({.status = 200, .cache_control = "max-age=864000"}), robots::kMaxLifetimeMs);
  EXPECT_EQ(lifetime({.status = 200, .cache_control = "no-cache"}), robots::kMinLifetimeMs);
  EXPECT_EQ(lifetime({.status = 200,
                      .expires = "Tue, 14 Nov 2023 23:13:20 GMT",
                      .date = "Tue, 14 Nov 2023 22:13:20 GMT",
                      .age = "600"}),
            3'000'000);
}

TEST(RobotsGate, EarlierRulesServeWhileTheSiteIsDown) {
  RobotsGate first(kPolicy, std::nullopt, kNow);
  first.answered(status(200), "User-agent: *\nDisallow: /private\n", kNow);
  RobotsGate later(kPolicy, first.record(), first.record()->expires_at);
  later.answered({}, "", first.record()->expires_at);
  EXPECT_FALSE(later.closed());
  EXPECT_FALSE(later.allows("/private"));
  EXPECT_TRUE(later.allows("/"));
  EXPECT_GE(later.record()->expires_at, first.record()->expires_at + 60'000) << "pages have their turn before it";
  EXPECT_EQ(later.record()->fetched_at, kNow) << "the rules are as old as they are";
}

TEST(RobotsGate, WhatNoLongerHoldsIsForgotten) {
  RobotsGate first(kPolicy, std::nullopt, kNow);
  first.answered(status(200), "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n", kNow);
  RobotsGate later(kPolicy, first.record(), first.record()->expires_at);
  EXPECT_EQ(later.crawl_delay_ms(), 7000);
  later.answered(status(404), "", first.record()->expires_at);
  EXPECT_EQ(later.crawl_delay_ms(), 0);
  EXPECT_TRUE(later.allows("/private"));
  EXPECT_EQ(later.record()->rules, "");
}

TEST(RobotsGate, ARecordThatCannotBeReadIsAsIfThereWereNone) {
  const frontier::RobotsRecord broken{.status = 200, .rules = "not rules", .expires_at = kNow + 1000};
  EXPECT_TRUE(RobotsGate(kPolicy, broken, kNow).must_ask());
}

}  // namespace
}  // namespace wswp::crawl
