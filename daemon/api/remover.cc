#include "daemon/api/remover.h"

#include <chrono>

#include "base/log.h"

namespace wswp::api {
namespace {

/// Visits that are under way, and a disk that is full, are asked about again so often.
constexpr std::chrono::milliseconds kRest{500};

}  // namespace

Remover::Remover(Open open) : open_(std::move(open)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Remover::notify() {
  const std::lock_guard lock(mutex_);
  notified_ = true;
  wake_.notify_one();
}

void Remover::run(const std::stop_token& stop) {
  try {
    while (!stop.stop_requested()) {
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, stop, [this] { return notified_; });
        notified_ = false;
      }
      remove_all(stop);
    }
  } catch (const std::exception& e) {
    log::error("remover: {}; the deletion goes on after the next start", e.what());
  }
}

void Remover::remove_all(const std::stop_token& stop) {
  for (bool failing = false; !stop.stop_requested();) {
    try {
      if (!frontier_) frontier_ = open_();
      const auto crawls = frontier_->unfinished_removals();
      if (crawls.empty()) return;
      for (const frontier::CrawlId crawl : crawls) {
        auto progress = frontier::RemovalProgress::kMore;
        while (progress == frontier::RemovalProgress::kMore && !stop.stop_requested()) {
          progress = frontier_->remove_step(crawl);
        }
        if (progress == frontier::RemovalProgress::kDone) log::info("a removed crawl is deleted");
      }
      if (!frontier_->unfinished_removals().empty()) rest(stop);
      failing = false;
    } catch (const frontier::Unavailable& e) {
      if (!failing && frontier_) log::warning("cannot delete a removed crawl yet: {}", e.what());
      failing = true;
      rest(stop);
    }
  }
}

void Remover::rest(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, stop, kRest, [] { return false; });
}

}  // namespace wswp::api
