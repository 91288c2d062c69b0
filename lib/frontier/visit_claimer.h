#pragma once
// Leases hosts and hands out their next URLs: the table `crawl_host` through its index `queue`. claim() stands inside a
// transaction of the caller.

#include <cstddef>
#include <optional>
#include <vector>

#include "frontier/crawl_table.h"
#include "frontier/frontier.h"
#include "store/database.h"

namespace wswp::frontier {

class VisitClaimer {
 public:
  VisitClaimer(store::Database& database, CrawlTable& crawls, std::int64_t default_delay_ms);

  std::vector<Visit> claim(Owner owner, std::size_t max_hosts, ScheduleMs now);
  std::optional<ScheduleMs> next_ready();

 private:
  /// A host whose turn in its crawl has come, and the visit it would be, but for its URLs.
  struct DueHost {
    Visit visit;
    ScheduleMs ready_at = 0;  // no request before this, whichever crawl asks
    bool busy = false;        // another crawl's visit holds it
  };
  /// Hosts of a crawl that are due, first those that have waited, then new ones by rank.
  std::vector<DueHost> due_hosts(CrawlId crawl, std::size_t most, ScheduleMs now);
  static DueHost read_due_host(store::Statement& row, CrawlId crawl);
  /// Takes the host, unless another crawl's visit keeps it busy or resting; then it is put off until that is over.
  bool lease(const CrawlTable::Running& crawl, Owner owner, ScheduleMs now, DueHost& host);
  std::vector<VisitUrl> next_urls(CrawlId crawl, HostId host, std::size_t most);

  CrawlTable& crawls_;
  const std::int64_t default_delay_ms_;
  store::Statement waited_, new_, urls_, lease_, put_off_, earliest_;
  std::size_t turn_ = 0;  // which crawl is served first, so that none starves
};

}  // namespace wswp::frontier
