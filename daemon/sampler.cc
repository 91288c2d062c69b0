#include "daemon/sampler.h"

#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <new>
#include <set>
#include <utility>

#include "base/log.h"
#include "base/obstacle.h"
#include "frontier/sqlite_frontier.h"

namespace wswp::daemon {
namespace {

constexpr std::chrono::milliseconds kPeriod{1000};
constexpr std::chrono::milliseconds kFirstPeriod{20};  // until the first sample
constexpr int kCacheKib = 1024;
constexpr std::int64_t kNoteEveryMs = 10'000;
constexpr std::int64_t kDurableEveryMs = 10'000;
constexpr std::int64_t kWallJumpMs = 1000;  // smaller ones are the clock's discipline

}  // namespace

Sampler::Sampler(std::string database, SharedPage& page, api::Progress& progress, LogWatch& log, const Clock& clock)
    : database_(std::move(database)), page_(page), progress_(progress), log_(log), clock_(clock) {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Sampler::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  try {
    for (std::unique_lock lock(mutex); !stop.stop_requested();) {
      wake.wait_for(lock, stop, frontier_ ? kPeriod : kFirstPeriod, [] { return false; });
      page_.control.heartbeat_ms = clock_.mono_ms();
      if (!page_.control.ready) continue;
      try {
        watch_log();
        sample();
        show(Obstacle::kNone, "");
      } catch (const frontier::Unavailable& e) {
        show(e.obstacle(), e.what());
      } catch (const std::bad_alloc& e) {
        show(Obstacle::kNoMemory, e.what());
      }
    }
  } catch (const std::exception& e) {
    log::error("sampler: {}", e.what());
    failed_ = true;
  }
}

void Sampler::show(Obstacle obstacle, std::string_view details) {
  if (obstacle != Obstacle::kNone && page_.control.obstacle != obstacle)
    log::warning("cannot look after the crawls: {} ({})", explain(obstacle), details);
  page_.control.obstacle = obstacle;
}

void Sampler::sample() {
  std::int64_t total = 0, done = 0;
  bool crawls_run = false;
  if (!frontier_) {
    frontier_ = frontier::open_frontier(database_, {.cache_kib = kCacheKib, .signals = &page_.writers});
  }
  const auto crawls = frontier_->crawls();
  progress_.sample(crawls, clock_.mono_ms());
  for (const auto& crawl : crawls) {
    total += crawl.counters.total;
    done += crawl.counters.total - crawl.counters.pending;
    crawls_run = crawls_run || crawl.state() == "running";
  }
  page_.total = total;
  page_.done = done;
  page_.rate_per_1000s = static_cast<std::int64_t>(progress_.total_rate() * 1000);
  note_time(crawls_run);
  make_durable(total, done);
}

void Sampler::watch_log() {
  std::set<pid_t> ours{::getpid()};
  for (int i = 0; i < page_.worker_count; ++i) ours.insert(page_.workers.at(static_cast<std::size_t>(i)).pid.load());
  const bool was_held = log_.problem().has_value();
  log_.look(clock_.mono_ms(), ours);
  if (const auto problem = log_.problem(); problem && !was_held) log::warning("{}", to_string(*problem));
}

void Sampler::make_durable(std::int64_t total, std::int64_t done) {
  const MonoMs now = clock_.mono_ms();
  if (now - durable_at_ < kDurableEveryMs || durable_ == std::pair(total, done)) return;
  durable_at_ = now;
  if (frontier_->make_durable()) durable_ = {total, done};
}

void Sampler::note_time(bool crawls_run) {
  const ScheduleMs now = clock_.schedule_ms();
  const std::int64_t wall_ahead_ms = clock_.wall_ms() - now;
  const std::int64_t jump_ms = wall_ahead_ms - page_.wall_ahead_ms;
  const bool jumped = std::abs(jump_ms) > kWallJumpMs;
  if (!jumped && !(crawls_run && now - noted_at_ > kNoteEveryMs)) return;
  frontier_->note_time(now, clock_.wall_ms());
  noted_at_ = now;
  page_.wall_ahead_ms = wall_ahead_ms;
  if (jumped)
    log::warning("the clock of the machine was set by {:+.1f} s; waiting times are not affected",
                 static_cast<double>(jump_ms) / 1000);
}

}  // namespace wswp::daemon
