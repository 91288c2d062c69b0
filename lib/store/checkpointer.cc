#include "store/checkpointer.h"

#include <exception>
#include <system_error>

#include "base/log.h"

namespace wswp::store {
namespace {

/// Pages more, before one is asked for again that others kept from its work.
constexpr int kAgain = kCheckpointPages / 4;
constexpr int kCacheKib = 64;  // a checkpoint reads the log past the cache

}  // namespace

Moved checkpoint_unattended(const std::function<Moved()>& checkpoint) {
  try {
    return checkpoint();
  } catch (const Failure& e) {
    log::debug("the log stays: {}", e.what());
  } catch (const std::exception& e) {
    log::error("cannot checkpoint: {}", e.what());
  }
  return Moved::kNothing;
}

bool Checkpointer::on_commit(int pages) try {
  if (pages < asked_at_) asked_at_ = 0;  // the log has begun anew
  if (pages < kCheckpointPages) return false;
  std::unique_lock lock(mutex_);
  if (pages >= kMostPages) changed_.wait(lock, [this] { return state_ != State::kAsked; });
  if (state_ == State::kDone || pages >= kMostPages) {
    state_ = State::kIdle;
    return true;
  }
  if (state_ == State::kIdle && (asked_at_ == 0 || pages - asked_at_ >= kAgain)) {
    asked_at_ = pages;
    if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    state_ = State::kAsked;
    changed_.notify_all();
  }
  return false;
} catch (const std::system_error&) {
  return true;
}

void Checkpointer::run(const std::stop_token& stop) {
  for (std::unique_lock lock(mutex_); changed_.wait(lock, stop, [this] { return state_ == State::kAsked; });) {
    lock.unlock();
    const Moved moved = checkpoint_unattended(
        [this] { return Database(path_, Mode::kReadWrite, kCacheKib, Checkpoints::kOthers).checkpoint(); });
    lock.lock();
    state_ = moved != Moved::kNothing ? State::kDone : State::kIdle;
    changed_.notify_all();
  }
}

}  // namespace wswp::store
