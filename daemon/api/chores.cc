#include "daemon/api/chores.h"

#include <chrono>
#include <new>
#include <utility>

#include "base/log.h"

namespace wswp::api {
namespace {

/// Visits that are under way, and a disk that is full, are asked about again so often.
constexpr std::chrono::milliseconds kRest{500};

}  // namespace

Chores::Chores(Open open, std::function<void()> found_work)
    : open_(std::move(open)),
      found_work_(std::move(found_work)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Chores::notify() {
  const std::lock_guard lock(mutex_);
  notified_ = true;
  wake_.notify_one();
}

void Chores::run(const std::stop_token& stop) {
  try {
    while (!stop.stop_requested()) {
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, stop, [this] { return notified_; });
        notified_ = false;
      }
      work_off(stop);
    }
  } catch (const std::exception& e) {
    log::error("chores: {}; removals and retries go on after the next start", e.what());
  }
}

void Chores::work_off(const std::stop_token& stop) {
  for (bool failing = false; !stop.stop_requested();) {
    try {
      if (!work_) work_ = open_();
      const Progress progress = step_all(stop);
      if (progress == Progress::kDone) return;
      if (progress == Progress::kResting) rest(stop);
      failing = false;
    } catch (const frontier::Unavailable& e) {
      if (!failing && work_) log::warning("removals and retries wait: {}", e.what());
      failing = true;
      rest(stop);
    } catch (const std::bad_alloc&) {
      failing = true;
      rest(stop);
    }
  }
}

Chores::Progress Chores::step_all(const std::stop_token& stop) {
  Progress result = Progress::kDone;
  for (const frontier::CrawlId crawl : work_->unfinished_retries()) {
    if (stop.stop_requested()) return Progress::kMore;
    if (!work_->retry_step(crawl)) log::info("the failures of a crawl are pending again");
    found_work_();
    result = Progress::kMore;
  }
  for (const frontier::CrawlId crawl : work_->unfinished_removals()) {
    if (stop.stop_requested()) return Progress::kMore;
    const frontier::RemovalProgress progress = work_->remove_step(crawl);
    if (progress == frontier::RemovalProgress::kDone) log::info("a removed crawl is deleted");
    const bool resting = progress == frontier::RemovalProgress::kWaiting;
    if (!resting || result == Progress::kDone) result = resting ? Progress::kResting : Progress::kMore;
  }
  return result;
}

void Chores::rest(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  if (wake_.wait_for(lock, stop, kRest, [this] { return notified_; })) notified_ = false;
}

}  // namespace wswp::api
