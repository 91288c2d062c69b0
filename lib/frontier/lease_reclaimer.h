#pragma once
// Settles what dead owners have leased: voids it, or holds it for the next process of that number. The cost is that of
// what was in flight.

#include <optional>
#include <vector>

#include "frontier/frontier.h"
#include "frontier/host_queue.h"
#include "frontier/host_states.h"
#include "store/database.h"

namespace wswp::frontier {

class LeaseReclaimer {
 public:
  LeaseReclaimer(store::Database& database, HostStates& states, HostQueue& queue, std::int64_t default_delay_ms);
  std::int64_t reclaim(std::optional<Owner> owner, ScheduleMs now);
  std::vector<HeldHost> hold(Owner owner, ScheduleMs now);

 private:
  /// What these owners, both ends included, have leased; its hosts rest for their delay from now on.
  std::vector<HeldHost> rest(std::int64_t first_owner, std::int64_t last_owner, ScheduleMs now);

  store::Database& database_;
  HostStates& states_;
  HostQueue& queue_;
  const std::int64_t default_delay_ms_;
  store::Statement leases_;
};

}  // namespace wswp::frontier
