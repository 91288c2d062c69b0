#pragma once
// Voids what dead owners have leased. The cost is that of what was in flight.

#include <optional>

#include "frontier/frontier.h"
#include "frontier/host_queue.h"
#include "frontier/host_states.h"
#include "store/database.h"

namespace wswp::frontier {

class LeaseReclaimer {
 public:
  LeaseReclaimer(store::Database& database, HostStates& states, HostQueue& queue, std::int64_t default_delay_ms);
  std::int64_t reclaim(std::optional<Owner> owner, ScheduleMs now);

 private:
  store::Database& database_;
  HostStates& states_;
  HostQueue& queue_;
  const std::int64_t default_delay_ms_;
  store::Statement leases_;
};

}  // namespace wswp::frontier
