#include "crawl/robots_gate.h"

#include <algorithm>

namespace wswp::crawl {
namespace {

constexpr std::int64_t kServesLongerMs = 60'000;

}  // namespace

RobotsGate::RobotsGate(const Policy& policy, std::optional<frontier::RobotsRecord> known, WallMs now)
    : policy_(policy), record_(std::move(known)) {
  if (!policy_.obey_robots) return;
  must_ask_ = !record_ || record_->expires_at <= now;
  if (!record_ || record_->rules.empty()) {
    closed_ = record_ && record_->failures > 0 && now - record_->unreachable_since < robots::kUnreachableLimitMs;
    return;
  }
  Result<robots::Rules> rules = robots::Rules::deserialize(record_->rules);
  if (rules) {
    rules_ = std::move(*rules);
  } else {
    must_ask_ = true;  // written by another version: as if never asked
    record_.reset();
  }
}

robots::Known RobotsGate::known() const {
  if (!record_) return {};
  return {.has_rules = !record_->rules.empty(),
          .unreachable_since = record_->unreachable_since,
          .failures = record_->failures};
}

void RobotsGate::take_rules(robots::Rules rules) {
  rules_ = std::move(rules);
  record_->rules = rules_.serialize();
  const double delay_ms = rules_.crawl_delay().value_or(0) * 1000;
  record_->crawl_delay_ms = std::min(static_cast<std::int64_t>(delay_ms), policy_.max_crawl_delay_ms);
}

void RobotsGate::answered(const robots::Fetched& fetched, std::string_view body, WallMs now) {
  const robots::Decision decision = robots::after_fetch(fetched, known(), now, policy_.first_retry_ms);
  if (!record_) record_.emplace();
  record_->status = fetched.status.value_or(0);
  record_->expires_at = decision.valid_until;
  record_->unreachable_since = decision.known.unreachable_since;
  record_->failures = decision.known.failures;
  if (!decision.unreachable()) record_->fetched_at = now;
  switch (decision.use) {
    case robots::Use::kParse:
      take_rules(robots::Rules::parse(body, policy_.product_token));
      break;
    case robots::Use::kKeep:
      break;
    case robots::Use::kAllowAll:
    case robots::Use::kDisallowAll:
      rules_ = robots::Rules::allow_all();
      record_->rules.clear();
      record_->crawl_delay_ms = 0;
      break;
  }
  // Where earlier rules serve, a page has its turn before robots.txt is asked for again.
  if (decision.unreachable() && decision.use == robots::Use::kKeep) record_->expires_at += kServesLongerMs;
  closed_ = decision.use == robots::Use::kDisallowAll;
  must_ask_ = false;
}

}  // namespace wswp::crawl
