#include "store/log_mover.h"

#include <sqlite3.h>
#include <unistd.h>

#include "base/clock.h"

namespace wswp::store {
namespace {

constexpr int kFewPages = 250;  // what is moved with the write lock held, if passes get so far
constexpr int kLeastPasses = 2, kMostPasses = 4;
constexpr std::int64_t kPatienceForOthersMs = 300;  // another writer's transaction, then readers that have just begun
constexpr std::int64_t kHeldMs = 100;   // until a log that a reader holds is tried again, in the gap between two
constexpr std::int64_t kTurnMs = 1000;  // that a commit waits for another connection's checkpoint
constexpr int kNapOfTurnUs = 500;

std::int64_t now_ms() {
  return SystemClock().mono_ms();
}

}  // namespace

void LogMover::move(int pages) {
  if (now_ms() < held_until_ms_.load(std::memory_order_relaxed)) return;
  std::optional<Pass> now, before;
  for (int passes = 0; passes < kLeastPasses || (passes < kMostPasses && now->left > kFewPages); ++passes) {
    before = now;
    now = pages < kMostPages ? pass() : pass_in_turn();
    if (!now) return;
    if (now->left == 0) break;
    if (before && now->moved == before->moved) return hold();  // what lies behind a reader's state cannot be moved
  }
  move_rest();
}

std::optional<bool> LogMover::patient() const {
  if (patience_ends_ms_ == 0) return std::nullopt;
  return now_ms() < patience_ends_ms_;
}

std::optional<LogMover::Pass> LogMover::pass() {
  int pages = 0, moved = 0;
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
  if (code != SQLITE_OK) return std::nullopt;
  return Pass{.moved = moved, .left = pages - moved};
}

std::optional<LogMover::Pass> LogMover::pass_in_turn() {
  for (const std::int64_t until = now_ms() + kTurnMs; now_ms() < until; ::usleep(kNapOfTurnUs)) {
    if (const std::optional<Pass> done = pass()) return done;
  }
  return std::nullopt;
}

void LogMover::move_rest() {
  patience_ends_ms_ = now_ms() + kPatienceForOthersMs;
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
  patience_ends_ms_ = 0;
  if (code != SQLITE_OK && pass()) hold();  // without a pass, another connection has begun to move it
}

void LogMover::hold() {
  held_until_ms_.store(now_ms() + kHeldMs, std::memory_order_relaxed);
}

}  // namespace wswp::store
