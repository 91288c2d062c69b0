#include "crawl/slots.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace wswp::crawl {
namespace {

using frontier::Standing;

constexpr std::size_t kTransfers = 8;
constexpr std::size_t kSpare = 40;

/// A fetch thread without a network: visits are begun as the book allows, hosts answer as the test says.
class SlotsTest : public testing::Test {
 protected:
  /// Visits come and wait.
  void admit(Standing standing, int count) {
    for (int i = 0; i < count; ++i) {
      slots.admitted(standing);
      const std::uint64_t id = ++last_id_;
      seats_[id] = Slots::seat_of(standing);
      (standing == Standing::kAnswered ? proven_ : unproven_).push_back(id);
    }
  }
  /// Begins what may begin; returns how many.
  int begin() {
    int begun = 0;
    for (;; ++begun) {
      const bool proven = !proven_.empty() && slots.may_begin(true);
      const bool unproven = !unproven_.empty() && slots.may_begin(false);
      if (!proven && !unproven) return begun;
      auto& queue = proven && (slots.proven_is_next() || !unproven) ? proven_ : unproven_;
      const std::uint64_t id = queue.front();
      queue.erase(queue.begin());
      slots.began(seats_[id]);
      slots.asks(seats_[id], id, now);
      begun_.push_back(id);
    }
  }
  void pass(std::int64_t milliseconds) {
    now += milliseconds;
    slots.tick(now, [this](std::uint64_t id) {
      const auto it = seats_.find(id);
      return it == seats_.end() ? nullptr : &it->second;
    });
  }
  /// Begins as many as may be, which stay silent.
  void fill_with_those_that_have_failed() {
    for (int i = 0; i < 100; ++i) {
      admit(Standing::kFailed, static_cast<int>(slots.wanted().failed));
      begin();
      pass(Slots::kMostPatienceMs);
    }
  }
  void answer_and_end(std::uint64_t id) {
    slots.heard(seat(id), now);
    end(id);
  }
  /// Those whose visits are to be put off; they end.
  std::vector<std::uint64_t> put_off() {
    std::vector<std::uint64_t> off;
    const auto seat_of = [this](std::uint64_t id) {
      const auto it = seats_.find(id);
      return it == seats_.end() ? nullptr : &it->second;
    };
    while (const auto id = slots.to_put_off(now, seat_of)) {
      off.push_back(*id);
      end(*id);
    }
    return off;
  }
  void end(std::uint64_t id) {
    slots.left(seats_.at(id));
    seats_.erase(id);
  }
  /// The visits that were begun last; they are the caller's.
  std::vector<std::uint64_t> taken() { return std::exchange(begun_, {}); }
  bool proven(std::uint64_t id) const { return seats_.at(id).proven; }
  Seat& seat(std::uint64_t id) { return seats_.at(id); }

  Slots slots{kTransfers, kSpare};
  MonoMs now = 1'000'000;

 private:
  std::map<std::uint64_t, Seat> seats_;
  std::vector<std::uint64_t> proven_, unproven_, begun_;
  std::uint64_t last_id_ = 0;
};

TEST_F(SlotsTest, HealthyHostsUseTheTransfersAndNoMore) {
  for (const Standing standing : {Standing::kAnswered, Standing::kUntried, Standing::kFailed}) {
    admit(standing, 2 * kTransfers);
    EXPECT_EQ(begin(), static_cast<int>(kTransfers));
    for (const std::uint64_t id : taken()) answer_and_end(id);
    EXPECT_EQ(begin(), static_cast<int>(kTransfers));
    for (const std::uint64_t id : taken()) answer_and_end(id);
  }
  EXPECT_EQ(slots.silent(), 0);
}

TEST_F(SlotsTest, WantsSomeMoreVisitsThanTransfers) {
  EXPECT_EQ(slots.wanted().all, kTransfers + kTransfers / 2);
  EXPECT_EQ(slots.wanted().unproven, kTransfers + kTransfers / 2);
  admit(Standing::kUntried, kTransfers);
  EXPECT_EQ(slots.wanted().all, kTransfers / 2);
  begin();
  EXPECT_EQ(slots.wanted().all, kTransfers / 2);
  EXPECT_FALSE(slots.runs_dry());
}

TEST_F(SlotsTest, ASilentHostHoldsNoSlot) {
  admit(Standing::kUntried, 2 * kTransfers);
  begin();
  pass(slots.patience_ms(false) - 1);
  EXPECT_EQ(begin(), 0);
  pass(1);
  EXPECT_EQ(slots.silent(), static_cast<int>(kTransfers));
  EXPECT_EQ(begin(), static_cast<int>(kTransfers));
}

TEST_F(SlotsTest, AnAnsweredHostAlwaysGetsASlotHoweverManyAreSilent) {
  // As many hosts as may be, none of which ever answers.
  for (int i = 0; i < 100; ++i) {
    admit(Standing::kUntried, static_cast<int>(slots.wanted().unproven));
    begin();
    pass(slots.patience_ms(false));
  }
  EXPECT_EQ(slots.wanted().unproven, 0U) << "some wait";
  EXPECT_EQ(begin(), 0) << "what waits of them has to wait on";
  taken();
  EXPECT_GE(slots.wanted().all, kTransfers);
  admit(Standing::kAnswered, kTransfers);
  EXPECT_EQ(begin(), static_cast<int>(kTransfers));
  for (const std::uint64_t id : taken()) EXPECT_TRUE(proven(id));
}

TEST_F(SlotsTest, ThereAreNeverMoreThanTransfersAndSpareOnes) {
  std::size_t on_the_wire = 0;
  for (int i = 0; i < 200; ++i) {
    const frontier::Seats wanted = slots.wanted();
    admit(Standing::kUntried, static_cast<int>(wanted.unproven));
    admit(Standing::kAnswered, static_cast<int>(wanted.all - wanted.unproven));
    on_the_wire += static_cast<std::size_t>(begin());
    ASSERT_LE(on_the_wire, kTransfers + kSpare);
    pass(slots.patience_ms(false));
  }
  EXPECT_GT(on_the_wire, kTransfers + kSpare / 2);
  EXPECT_EQ(slots.wanted().unproven, 0U);
}

TEST_F(SlotsTest, OfFourThatBeginThreeHaveAnswered) {
  admit(Standing::kUntried, 100);
  admit(Standing::kAnswered, 100);
  int answered = 0;
  for (int i = 0; i < 5; ++i) {
    begin();
    for (const std::uint64_t id : taken()) {
      answered += proven(id) ? 1 : 0;
      slots.heard(seat(id), now);
      end(id);
    }
  }
  EXPECT_EQ(answered, static_cast<int>(5 * kTransfers * 3 / 4));
}

TEST_F(SlotsTest, WhoAnswersLateIsServedAllTheSame) {
  admit(Standing::kUntried, 1);
  begin();
  const std::uint64_t id = taken().at(0);
  pass(slots.patience_ms(false));
  EXPECT_EQ(slots.silent(), 1);
  slots.heard(seat(id), now);
  EXPECT_EQ(slots.silent(), 0);
  EXPECT_TRUE(proven(id));
  end(id);
  EXPECT_EQ(slots.wanted().all, kTransfers + kTransfers / 2);
}

TEST_F(SlotsTest, AnAnsweredRequestIsNotSilentAndTheNextOneOfTheVisitMayBe) {
  admit(Standing::kUntried, 1);
  begin();
  const std::uint64_t id = taken().at(0);
  slots.heard(seat(id), now);
  pass(slots.patience_ms(false));
  EXPECT_EQ(slots.silent(), 0) << "a long body is no silence";
  slots.asks(seat(id), id, now);
  pass(slots.patience_ms(true));
  EXPECT_EQ(slots.silent(), 1);
}

TEST_F(SlotsTest, AVisitThatRestsCostsNoSlot) {
  admit(Standing::kAnswered, kTransfers + 1);
  begin();
  const std::vector<std::uint64_t> ids = taken();
  slots.heard(seat(ids[0]), now);
  slots.rests(seat(ids[0]));
  EXPECT_EQ(begin(), 1);
  slots.rested(seat(ids[0]));
  EXPECT_FALSE(slots.may_begin(true));
  end(ids[1]);
  EXPECT_TRUE(slots.may_begin(true));
}

TEST_F(SlotsTest, PatienceFollowsTheAnswersOfTheKind) {
  const auto answer_after = [this](Standing standing, std::int64_t milliseconds) {
    for (int i = 0; i < 100; ++i) {
      admit(standing, 1);
      begin();
      now += milliseconds;
      for (const std::uint64_t id : taken()) answer_and_end(id);
    }
    return slots.patience_ms(standing == Standing::kAnswered);
  };
  EXPECT_NEAR(static_cast<double>(answer_after(Standing::kAnswered, 300)), 600, 10);
  EXPECT_EQ(slots.patience_ms(false), Slots::kMostPatienceMs / 2) << "nothing is known of the others";
  EXPECT_EQ(answer_after(Standing::kUntried, 1), Slots::kLeastPatienceMs);
  EXPECT_EQ(answer_after(Standing::kFailed, 60'000), Slots::kMostPatienceMs);
  EXPECT_NEAR(static_cast<double>(slots.patience_ms(true)), 600, 10);
}

TEST_F(SlotsTest, WhereFewUntriedHostsAnswerMoreAreTriedAtOnce) {
  for (int i = 0; i < 100; ++i) {
    admit(Standing::kUntried, 1);
    begin();
    pass(slots.patience_ms(false));
    end(taken().at(0));
  }
  admit(Standing::kUntried, 100);
  EXPECT_GT(begin(), 3 * static_cast<int>(kTransfers));
  for (const std::uint64_t id : taken()) answer_and_end(id);
  EXPECT_LT(begin(), 3 * static_cast<int>(kTransfers)) << "all have answered";
}

TEST_F(SlotsTest, WhoWasNeverTriedAndIsSilentMakesRoomForTheNext) {
  for (int i = 0; i < 100; ++i) {  // so that patience is short
    admit(Standing::kUntried, 1);
    begin();
    answer_and_end(taken().at(0));
  }
  for (int i = 0; i < 10; ++i) {
    admit(Standing::kUntried, static_cast<int>(slots.wanted().unproven));
    begin();
    pass(Slots::kLeastPatienceMs);
  }
  const std::vector<std::uint64_t> silent = taken();
  EXPECT_EQ(put_off(), std::vector<std::uint64_t>()) << "they have had less than three seconds";
  pass(Slots::kShortestSilenceMs);
  const std::vector<std::uint64_t> off = put_off();
  EXPECT_EQ(off, std::vector<std::uint64_t>(silent.begin(), silent.begin() + kTransfers / 4)) << "as many as wait";
  EXPECT_EQ(begin(), static_cast<int>(kTransfers / 4));
  EXPECT_EQ(put_off(), std::vector<std::uint64_t>()) << "nobody waits any more";
}

TEST_F(SlotsTest, WhoHasFailedAndAnswersLeavesItsRoomToAnother) {
  fill_with_those_that_have_failed();
  const std::vector<std::uint64_t> visits = taken();
  ASSERT_EQ(slots.wanted().failed, 0U);
  slots.heard(seat(visits.front()), now);
  slots.rests(seat(visits.front()));
  EXPECT_EQ(slots.wanted().failed, 1U);
  end(visits.front());
  EXPECT_EQ(slots.wanted().failed, 1U);
}

TEST_F(SlotsTest, WhoHasFailedIsGivenAllItsTimeAndHalfOfTheRoom) {
  fill_with_those_that_have_failed();
  EXPECT_EQ(taken().size(), (kTransfers + kSpare) / 2);
  EXPECT_GT(slots.wanted().unproven, 0U);
  admit(Standing::kUntried, 100);
  begin();
  taken();
  pass(Slots::kShortestSilenceMs - 1);
  EXPECT_EQ(put_off(), std::vector<std::uint64_t>()) << "those that have failed are older";
}

TEST_F(SlotsTest, WithoutSpareOnesASilentHostKeepsItsSlot) {
  Slots one(1, 0);
  one.admitted(Standing::kUntried);
  Seat seat = Slots::seat_of(Standing::kUntried);
  one.began(seat);
  one.asks(seat, 1, now);
  one.tick(now + Slots::kMostPatienceMs, [&seat](std::uint64_t) { return &seat; });
  EXPECT_FALSE(one.may_begin(true));
  EXPECT_FALSE(one.may_begin(false));
  one.left(seat);
  EXPECT_TRUE(one.may_begin(false));
}

}  // namespace
}  // namespace wswp::crawl
