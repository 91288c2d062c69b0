#include "frontier/lease_reclaimer.h"

#include <vector>

namespace wswp::frontier {

LeaseReclaimer::LeaseReclaimer(store::Database& database, HostStates& states, HostQueue& queue,
                               std::int64_t default_delay_ms)
    : database_(database),
      states_(states),
      queue_(queue),
      default_delay_ms_(default_delay_ms),
      leases_(database,
              "select l.host_id, l.crawl_id, max(coalesce(c.delay_ms, ?3), coalesce(s.crawl_delay_ms, 0)), "
              "coalesce(s.failures, 0) > 0 "
              "from lease l join crawl c on c.id = l.crawl_id left join host_state s on s.host_id = l.host_id "
              "where l.owner between ?1 and ?2 order by l.host_id") {}

std::vector<HeldHost> LeaseReclaimer::rest(std::int64_t first_owner, std::int64_t last_owner, ScheduleMs now) {
  std::vector<HeldHost> leases;
  leases_.bind(first_owner, last_owner, default_delay_ms_);
  while (leases_.step()) {
    leases.push_back({.crawl = leases_.integer(1),
                      .host = leases_.integer(0),
                      .ready_at = now + leases_.integer(2),
                      .failing = leases_.integer(3) != 0});
  }
  for (const HeldHost& lease : leases) states_.rest(lease.host, lease.ready_at);
  return leases;
}

std::int64_t LeaseReclaimer::reclaim(std::optional<Owner> owner, ScheduleMs now) {
  constexpr std::int64_t kHighestOwner = 1 << 20;
  store::Transaction transaction(database_);
  const std::vector<HeldHost> leases =
      rest(owner.value_or(0), owner ? static_cast<std::int64_t>(*owner) : kHighestOwner, now);
  for (const HeldHost& lease : leases) queue_.release(lease.crawl, lease.host, 0, lease.ready_at, lease.failing);
  transaction.commit();
  return static_cast<std::int64_t>(leases.size());
}

std::vector<HeldHost> LeaseReclaimer::hold(Owner owner, ScheduleMs now) {
  store::Transaction transaction(database_);
  std::vector<HeldHost> leases = rest(owner, owner, now);
  transaction.commit();
  return leases;
}

}  // namespace wswp::frontier
