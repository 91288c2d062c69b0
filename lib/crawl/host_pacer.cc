#include "crawl/host_pacer.h"

#include <algorithm>
#include <cmath>

namespace wswp::crawl {
namespace {

constexpr int kMostFailures = 1'000'000;

}  // namespace

void HostPacer::took(std::int64_t elapsed_ms) {
  if (policy_.adaptive <= 0) return;
  elapsed_ms = std::max<std::int64_t>(elapsed_ms, 1);  // 0 is "not measured"
  pace_.answer_ms = pace_.answer_ms == 0 ? elapsed_ms : (pace_.answer_ms + elapsed_ms + 1) / 2;
}

void HostPacer::failed(std::int64_t asked_ms, double luck) {
  pace_.failures = std::min(known_.failures, kMostFailures) + 1;
  rest_ms_ = std::max({rest_ms_, asked_ms, frontier::backoff_ms(policy_.retry, pace_.failures, luck)});
}

std::int64_t HostPacer::delay_ms() const {
  const double wanted = policy_.adaptive * static_cast<double>(pace_.answer_ms);
  return std::llround(std::min(wanted, static_cast<double>(policy_.max_crawl_delay_ms)));
}

std::optional<frontier::HostPace> HostPacer::change() const {
  if (pace_ == known_) return std::nullopt;
  return pace_;
}

}  // namespace wswp::crawl
