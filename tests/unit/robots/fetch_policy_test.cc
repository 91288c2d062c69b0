#include "robots/fetch_policy.h"

#include <gtest/gtest.h>

namespace wswp::robots {
namespace {

constexpr WallMs kFetched = 1'700'000'000'000;
constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kDay = 24 * 60 * kMinute;
constexpr Known kWithRules{.has_rules = true};

Decision after(const Fetched& fetched, const Known& known = {}, WallMs now = kFetched) {
  return after_fetch(fetched, known, now, kMinute);
}

TEST(Rfc9309Section2_3_1_1, ASuccessfulAnswerIsParsed) {
  for (const int status : {200, 203, 204, 299}) {
    const Decision decision = after({.status = status});
    EXPECT_EQ(decision.use, Use::kParse) << status;
    EXPECT_TRUE(decision.known.has_rules);
    EXPECT_FALSE(decision.unreachable());
  }
}

TEST(Rfc9309Section2_3_1_2, TooManyRedirectsMeanUnavailable) {
  EXPECT_EQ(after({.status = 302, .too_many_redirects = true}).use, Use::kAllowAll);
  EXPECT_EQ(after({.too_many_redirects = true}).use, Use::kAllowAll);
  EXPECT_EQ(after({.status = 301}).use, Use::kAllowAll) << "a redirect without a place to go";
}

TEST(Rfc9309Section2_3_1_3, ClientErrorsMeanUnavailable) {
  for (const int status : {400, 401, 403, 404, 410, 418, 451, 499}) {
    const Decision decision = after({.status = status}, kWithRules);
    EXPECT_EQ(decision.use, Use::kAllowAll) << status;
    EXPECT_FALSE(decision.known.has_rules) << "there is no copy to keep";
    EXPECT_EQ(decision.valid_until, kFetched + kDay);
  }
}

TEST(Rfc9309Section2_3_1_4, ServerAndNetworkErrorsDisallowForNow) {
  for (const std::optional<int> status : {std::optional<int>(), std::optional<int>(500), std::optional<int>(503),
                                          std::optional<int>(599), std::optional<int>(100), std::optional<int>(999)}) {
    const Decision decision = after({.status = status});
    EXPECT_EQ(decision.use, Use::kDisallowAll) << status.value_or(0);
    EXPECT_TRUE(decision.unreachable());
    EXPECT_EQ(decision.known.unreachable_since, kFetched);
    EXPECT_EQ(decision.valid_until, kFetched + kMinute);
  }
}

TEST(Google, TooManyRequestsCountAsAServerError) {
  EXPECT_EQ(after({.status = 429}).use, Use::kDisallowAll);
}

TEST(Rfc9309Section2_4, KnownRulesServeWhileTheSiteIsDown) {
  const Decision first = after({.status = 503}, kWithRules);
  EXPECT_EQ(first.use, Use::kKeep);
  EXPECT_TRUE(first.known.has_rules);
  EXPECT_EQ(after({}, first.known, kFetched + 31 * kDay).use, Use::kKeep);
}

TEST(Rfc9309Section2_3_1_4, AfterThirtyDaysWithoutAnAnswerAllIsAllowed) {
  Decision decision = after({.status = 500});
  decision = after({}, decision.known, kFetched + 30 * kDay - 1);
  EXPECT_EQ(decision.use, Use::kDisallowAll);
  EXPECT_EQ(decision.known.unreachable_since, kFetched);
  decision = after({}, decision.known, kFetched + 30 * kDay);
  EXPECT_EQ(decision.use, Use::kAllowAll);
  EXPECT_TRUE(decision.unreachable());
}

TEST(Rfc9309Section2_3_1_4, AnAnswerEndsTheRunOfFailures) {
  const Decision down = after({.status = 500});
  const Decision up = after({.status = 404}, down.known, kFetched + kDay);
  EXPECT_FALSE(up.unreachable());
  EXPECT_EQ(up.known.unreachable_since, 0);
  const Decision down_again = after({}, up.known, kFetched + 2 * kDay);
  EXPECT_EQ(down_again.use, Use::kDisallowAll);
  EXPECT_EQ(down_again.known.unreachable_since, kFetched + 2 * kDay);
  EXPECT_EQ(down_again.known.failures, 1);
}

TEST(FetchPolicy, RetriesDoubleUpToAnHour) {
  Known known;
  for (const std::int64_t minutes : {1, 2, 4, 8, 16, 32, 60, 60}) {
    const Decision decision = after({}, known);
    EXPECT_EQ(decision.valid_until, kFetched + minutes * kMinute);
    known = decision.known;
  }
  EXPECT_EQ(after({}, {.unreachable_since = 1, .failures = 2'000'000'000}).valid_until, kFetched + kMaxRetryDelayMs);
  EXPECT_GT(after_fetch({}, {}, kFetched, 0).valid_until, kFetched);
}

TEST(FetchPolicy, RetryAfterIsObeyedUpToADay) {
  EXPECT_EQ(after({.status = 503, .retry_after_s = 7200}).valid_until, kFetched + 120 * kMinute);
  EXPECT_EQ(after({.status = 429, .retry_after_s = 1}).valid_until, kFetched + kMinute);
  EXPECT_EQ(after({.status = 429, .retry_after_s = -5}).valid_until, kFetched + kMinute);
  EXPECT_EQ(after({.status = 429, .retry_after_s = 1'000'000'000'000}).valid_until, kFetched + kDay);
}

TEST(FetchPolicy, NotModifiedKeepsWhatThereIs) {
  const Decision decision = after({.status = 304}, kWithRules);
  EXPECT_EQ(decision.use, Use::kKeep);
  EXPECT_TRUE(decision.known.has_rules);
  EXPECT_EQ(decision.valid_until, kFetched + kDay);
  EXPECT_EQ(after({.status = 304}).use, Use::kAllowAll);
}

TEST(Rfc9309Section2_4, RulesHoldForADayUnlessCacheControlSaysLess) {
  const auto lifetime = [](std::string_view cache_control) {
    return after({.status = 200, .cache_control = cache_control}).valid_until - kFetched;
  };
  EXPECT_EQ(lifetime(""), kDay);
  EXPECT_EQ(lifetime("public"), kDay);
  EXPECT_EQ(lifetime("max-age=3600"), 60 * kMinute);
  EXPECT_EQ(lifetime("max-age=31536000"), kDay);
  EXPECT_EQ(lifetime("max-age=99999999999999999999999"), kDay);
  EXPECT_EQ(lifetime("max-age=0"), kMinLifetimeMs);
  EXPECT_EQ(lifetime("no-store"), kMinLifetimeMs);
}

TEST(Rfc9309Section2_4, RulesHoldUntilTheyExpire) {
  const Decision decision = after({.status = 200,
                                   .expires = "Tue, 14 Nov 2023 23:13:20 GMT",
                                   .date = "Tue, 14 Nov 2023 22:13:20 GMT",
                                   .age = "600"});
  EXPECT_EQ(decision.valid_until, kFetched + 50 * kMinute);
}

}  // namespace
}  // namespace wswp::robots
