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
              "select l.host_id, l.crawl_id, max(coalesce(c.delay_ms, ?3), coalesce(s.crawl_delay_ms, 0)) "
              "from lease l join crawl c on c.id = l.crawl_id left join host_state s on s.host_id = l.host_id "
              "where l.owner between ?1 and ?2") {}

std::int64_t LeaseReclaimer::reclaim(std::optional<Owner> owner, ScheduleMs now) {
  struct Lease {
    HostId host;
    CrawlId crawl;
    std::int64_t delay_ms;
  };
  constexpr std::int64_t kHighestOwner = 1 << 20;
  store::Transaction transaction(database_);
  std::vector<Lease> leases;
  leases_.bind(owner.value_or(0), owner ? static_cast<std::int64_t>(*owner) : kHighestOwner, default_delay_ms_);
  while (leases_.step()) leases.push_back({leases_.integer(0), leases_.integer(1), leases_.integer(2)});
  for (const Lease& lease : leases) {
    states_.rest(lease.host, now + lease.delay_ms);
    queue_.release(lease.crawl, lease.host, 0, now + lease.delay_ms);
  }
  transaction.commit();
  return static_cast<std::int64_t>(leases.size());
}

}  // namespace wswp::frontier
