#pragma once
// Leases hosts and hands out their next URLs: the table `crawl_host` through its index `queue`.

#include <cstddef>
#include <vector>

#include "frontier/crawl_table.h"
#include "frontier/frontier.h"
#include "frontier/host_directory.h"
#include "frontier/pace_table.h"
#include "store/database.h"

namespace wswp::frontier {

class VisitClaimer {
 public:
  VisitClaimer(store::Database& database, CrawlTable& crawls, HostDirectory& hosts, std::int64_t default_delay_ms);

  std::vector<Visit> claim(Owner owner, std::size_t max_hosts, ScheduleMs now);
  std::optional<ScheduleMs> next_ready();

 private:
  /// Hosts of a crawl that are due, first those that have waited, then new ones by rank.
  std::vector<HostId> due_hosts(CrawlId crawl, std::size_t most, ScheduleMs now);
  /// Takes one host, unless another crawl's visit keeps it busy or resting; then it is put off until that is over.
  bool lease(const CrawlTable::Running& crawl, HostId host, Owner owner, ScheduleMs now, Visit& visit);
  std::vector<VisitUrl> next_urls(CrawlId crawl, HostId host, std::size_t most);
  std::optional<RobotsRecord> robots_of(HostId host);

  store::Database& database_;
  CrawlTable& crawls_;
  HostDirectory& hosts_;
  PaceTable paces_;
  const std::int64_t default_delay_ms_;
  store::Statement waited_, new_, urls_, robots_, lease_, put_off_, leased_elsewhere_, earliest_;
  std::size_t turn_ = 0;  // which crawl is served first, so that none starves
};

}  // namespace wswp::frontier
