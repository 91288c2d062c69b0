#include "daemon/sampler.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>

#include "base/log.h"
#include "frontier/sqlite_frontier.h"

namespace wswp::daemon {
namespace {

constexpr std::chrono::seconds kPeriod{1};
constexpr int kCacheKib = 1024;

}  // namespace

Sampler::Sampler(const std::string& database, SharedPage& page, api::Progress& progress, const Clock& clock)
    : frontier_(frontier::open_frontier(database, {.cache_kib = kCacheKib})),
      page_(page),
      progress_(progress),
      clock_(clock) {
  sample();
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Sampler::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  try {
    for (std::unique_lock lock(mutex); !stop.stop_requested();) {
      wake.wait_for(lock, stop, kPeriod, [] { return false; });
      page_.control.heartbeat_ms = clock_.mono_ms();
      try {
        sample();
      } catch (const frontier::Unavailable& e) {
        log::warning("cannot read the state of the crawls: {}", e.what());
      }
    }
  } catch (const std::exception& e) {
    log::error("sampler: {}", e.what());
    failed_ = true;
  }
}

void Sampler::sample() {
  std::int64_t total = 0, done = 0;
  const auto crawls = frontier_->crawls();
  progress_.sample(crawls, clock_.mono_ms());
  for (const auto& crawl : crawls) {
    total += crawl.counters.total;
    done += crawl.counters.total - crawl.counters.pending;
  }
  page_.total = total;
  page_.done = done;
  page_.rate_per_1000s = static_cast<std::int64_t>(progress_.total_rate() * 1000);
}

}  // namespace wswp::daemon
