#include "daemon/api/progress.h"

#include <algorithm>

namespace wswp::api {
namespace {

constexpr MonoMs kWindowMs = 10'000;
constexpr MonoMs kShortestMs = 100;  // from which a rate can be told

std::int64_t done_of(const frontier::Crawl& crawl) {
  return crawl.counters.total - crawl.counters.pending;
}

double per_second(std::int64_t done, std::int64_t ms) {
  return std::max(0.0, static_cast<double>(done) * 1000 / static_cast<double>(ms));
}

}  // namespace

void Progress::sample(std::span<const frontier::Crawl> crawls, MonoMs now) {
  saw(crawls);
  const std::lock_guard lock(mutex_);
  for (const auto& crawl : crawls) {
    Samples& samples = crawls_[crawl.id];
    samples.push_back({now, done_of(crawl)});
    while (samples.size() > 2 && samples[1].at <= now - kWindowMs) samples.pop_front();
  }
}

double Progress::rate(const frontier::Crawl& crawl, MonoMs now, WallMs wall) const {
  const std::int64_t done = done_of(crawl);
  const std::lock_guard lock(mutex_);
  const auto found = crawls_.find(crawl.id);
  if (found != crawls_.end() && now - found->second.front().at >= kShortestMs)
    return per_second(done - found->second.front().done, now - found->second.front().at);
  const WallMs age = wall - crawl.created_at;
  return age >= kShortestMs && age <= kWindowMs ? per_second(done, age) : 0;
}

double Progress::total_rate() const {
  const std::lock_guard lock(mutex_);
  double sum = 0;
  for (const auto& [crawl, samples] : crawls_) sum += rate_of(samples);
  return sum;
}

void Progress::saw(std::span<const frontier::Crawl> crawls) {
  const std::lock_guard lock(mutex_);
  last_seen_.assign(crawls.begin(), crawls.end());
}

std::vector<frontier::Crawl> Progress::last_seen() const {
  const std::lock_guard lock(mutex_);
  return last_seen_;
}

double Progress::rate_of(const Samples& samples) {
  if (samples.size() < 2 || samples.back().at <= samples.front().at) return 0;
  return per_second(samples.back().done - samples.front().done, samples.back().at - samples.front().at);
}

}  // namespace wswp::api
