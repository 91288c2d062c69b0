// What the fuzzer itself promises: the same seed gives the same answers in any order, others give others.

#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explanation.h"
#include "http1_answers.h"
#include "mutation.h"

namespace wswp::fuzz {
namespace {

Asked asked(int host, int attempt = 1) {
  return {fmt::format("h{}.test", host), "/f/0", attempt};
}

TEST(Http1Answers, FollowFromSeedAndUrlInAnyOrder) {
  constexpr int kHosts = 200;
  std::vector<Delivery> upwards(kHosts);
  for (int i = 0; i < kHosts; ++i) upwards[static_cast<std::size_t>(i)] = http1_answer(7, asked(i));
  for (int i = kHosts - 1; i >= 0; --i) {
    const Delivery again = http1_answer(7, asked(i));
    EXPECT_EQ(again.pieces, upwards[static_cast<std::size_t>(i)].pieces);
    EXPECT_EQ(again.end, upwards[static_cast<std::size_t>(i)].end);
  }
}

TEST(Http1Answers, DifferByUrlAttemptAndSeed) {
  std::set<std::string> different;
  for (int i = 0; i < 100; ++i) {
    different.insert(http1_answer(1, asked(i)).joined());
    different.insert(http1_answer(1, asked(i, 2)).joined());
    different.insert(http1_answer(2, asked(i)).joined());
  }
  EXPECT_GT(different.size(), 250U);
}

TEST(Http1Answers, HaveWhatHasKilledClients) {
  std::string all;
  for (int i = 0; i < 2000; ++i) all += http1_answer(1, asked(i)).joined().substr(0, 4000);
  EXPECT_THAT(all, testing::HasSubstr("HTTP/1.1 200 OK\r\n X: y\r\n")) << "a first field that is folded";
  EXPECT_THAT(all, testing::HasSubstr("\r\nContent-Length:\r\n 18\r\n"));
  EXPECT_THAT(all, testing::HasSubstr("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"));
}

TEST(Mutation, ChangesAndCuts) {
  const std::string text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  int changed = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Dice dice(seed);
    std::string mutated = text;
    mutate(dice, mutated, 3, "other bytes");
    if (mutated != text) ++changed;
    std::string joined;
    for (const std::string& piece : cut(dice, text)) joined += piece;
    EXPECT_EQ(joined, text);
  }
  EXPECT_GT(changed, 90);
}

TEST(Explanation, KnowsUtf8) {
  for (const char* good : {"", "a", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf"})
    EXPECT_TRUE(is_utf8(good));
  for (const char* bad : {"\xff", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\x80"})
    EXPECT_FALSE(is_utf8(bad));
}

}  // namespace
}  // namespace wswp::fuzz
