#pragma once
// Voids what dead owners have leased, through the index `leases`: the cost is that of what was in flight.

#include <optional>

#include "frontier/frontier.h"
#include "store/database.h"

namespace wswp::frontier {

class LeaseReclaimer {
 public:
  LeaseReclaimer(store::Database& database, std::int64_t default_delay_ms);
  std::int64_t reclaim(std::optional<Owner> owner, ScheduleMs now);

 private:
  store::Database& database_;
  const std::int64_t default_delay_ms_;
  store::Statement leases_, rest_host_, void_;
};

}  // namespace wswp::frontier
