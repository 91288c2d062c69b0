#include "daemon/api/progress.h"

#include <algorithm>

namespace wswp::api {
namespace {

constexpr MonoMs kWindowMs = 10'000;

}  // namespace

void Progress::sample(std::span<const frontier::Crawl> crawls, MonoMs now) {
  saw(crawls);
  const std::lock_guard lock(mutex_);
  for (const auto& crawl : crawls) {
    Samples& samples = crawls_[crawl.id];
    samples.push_back({now, crawl.counters.total - crawl.counters.pending});
    while (samples.size() > 2 && samples[1].at <= now - kWindowMs) samples.pop_front();
  }
}

double Progress::rate(frontier::CrawlId crawl) const {
  const std::lock_guard lock(mutex_);
  const auto found = crawls_.find(crawl);
  return found == crawls_.end() ? 0 : rate_of(found->second);
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
  const auto done = static_cast<double>(samples.back().done - samples.front().done);
  return std::max(0.0, done * 1000 / static_cast<double>(samples.back().at - samples.front().at));
}

}  // namespace wswp::api
