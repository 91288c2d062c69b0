#pragma once
// Leases hosts and hands out their next URLs: what the queue of each crawl says is due. claim() stands inside a
// transaction of the caller.

#include <cstddef>
#include <optional>
#include <vector>

#include "frontier/crawl_table.h"
#include "frontier/frontier.h"
#include "frontier/host_queue.h"
#include "frontier/moved_sites.h"
#include "store/database.h"

namespace wswp::frontier {

class VisitClaimer {
 public:
  VisitClaimer(store::Database& database, CrawlTable& crawls, HostQueue& queue, MovedSites& moved,
               std::int64_t default_delay_ms);

  std::vector<Visit> claim(Owner owner, Seats seats, ScheduleMs now);
  /// A visit of a host under the lease that it has. None: there is nothing to fetch, and the host is released.
  std::optional<Visit> revisit(const HeldHost& host, ScheduleMs now);
  std::optional<ScheduleMs> next_ready(Seats seats);

 private:
  /// A host whose turn in its crawl has come, and the visit it would be, but for its URLs.
  struct DueHost {
    Visit visit;
    ScheduleMs ready_at = 0;  // no request before this, whichever crawl asks
    bool busy = false;        // another crawl's visit holds it
    ScheduleMs turn = 0;      // its place in the queue is (turn, rank)
    Rank rank = 0;
  };
  /// Takes hosts of a crawl that are due from its queue, as Frontier::claim() shares the seats.
  std::vector<DueHost> take_due_hosts(CrawlId crawl, Seats seats, ScheduleMs now);
  /// Takes up to `most` hosts that `due` finds from the queue; how many there were.
  std::size_t take(store::Statement& due, CrawlId crawl, std::size_t most, ScheduleMs until,
                   std::vector<DueHost>& hosts);
  static DueHost read_due_host(store::Statement& row, CrawlId crawl);
  /// Leases the host, unless another crawl's visit keeps it busy or resting; then it is put off until that is over. So
  /// is one that has failed since it was queued, and finds no seat.
  bool lease(const CrawlTable::Running& crawl, Owner owner, ScheduleMs now, DueHost& host, Seats& seats);
  std::vector<VisitUrl> next_urls(CrawlId crawl, HostId host, std::size_t most);

  CrawlTable& crawls_;
  HostQueue& queue_;
  MovedSites& moved_;
  const std::int64_t default_delay_ms_;
  store::Statement answered_, new_, held_, failed_, urls_, earliest_;
  std::size_t turn_ = 0;  // which crawl is served first, and whom a seat that cannot be shared goes to
};

}  // namespace wswp::frontier
