#pragma once
// What a host's robots.txt lets a visit do: from the record that the frontier keeps, or from a fresh answer. Pure but
// for the record it carries; one visit's.

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "crawl/policy.h"
#include "frontier/types.h"
#include "robots/fetch_policy.h"
#include "robots/rules.h"

namespace wswp::crawl {

class RobotsGate {
 public:
  RobotsGate(const Policy& policy, std::optional<frontier::RobotsRecord> known, WallMs now);

  /// robots.txt has to be asked for before the next page: never asked, or what is known has expired.
  bool must_ask() const { return must_ask_; }
  /// The answer came, or none did. `body`: the text, where a status says there is one.
  void answered(const robots::Fetched& fetched, std::string_view body, WallMs now);

  /// The host's rules could not be had and no earlier ones serve: nothing may be fetched for now.
  bool closed() const { return closed_; }
  bool allows(std::string_view target) const { return rules_.verdict(target).allowed; }
  const robots::Rules& rules() const { return rules_; }
  /// As the host asks it, cut to max_crawl_delay; 0: it does not ask.
  std::int64_t crawl_delay_ms() const { return record_ ? record_->crawl_delay_ms : 0; }

  /// To be stored, if answered() was called.
  const std::optional<frontier::RobotsRecord>& record() const { return record_; }

 private:
  robots::Known known() const;
  void take_rules(robots::Rules rules);

  const Policy& policy_;
  std::optional<frontier::RobotsRecord> record_;
  robots::Rules rules_ = robots::Rules::allow_all();
  bool must_ask_ = false;
  bool closed_ = false;
};

}  // namespace wswp::crawl
