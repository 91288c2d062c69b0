#pragma once
// Deletes a crawl in small steps, so that the others go on. Begun, a removal is durable: the crawl is out of sight and
// is served no more, and whoever finds it half-deleted goes on with it.
//
//   fresh hosts ─▶ pending, url, queue and crawl_host of the others (leased ones last: their visit has to end first) ─▶
//   outcome ─▶ site_hosts ─▶ moved_site ─▶ cut_links, crawl
//
// Hosts and their robots rules stay: they are not the crawl's.

#include <optional>
#include <string>
#include <vector>

#include "frontier/fresh_hosts.h"
#include "frontier/host_queue.h"
#include "frontier/types.h"
#include "store/database.h"

namespace wswp::frontier {

class CrawlRemover {
 public:
  CrawlRemover(store::Database& database, HostQueue& queue, FreshHosts& fresh);

  /// Its id, from now on for step() only; nothing: there is no crawl of that name.
  std::optional<CrawlId> begin(const std::string& name);
  /// Removals that have begun and not ended.
  std::vector<CrawlId> unfinished();

  /// Deletes a few thousand rows. kWaiting: only leased hosts are left; to be tried again in a while.
  RemovalProgress step(CrawlId crawl);

 private:
  /// The next hosts after the cursors; false: there are none.
  bool delete_fresh(CrawlId crawl);
  bool delete_hosts(CrawlId crawl);

  store::Database& database_;
  HostQueue& queue_;
  FreshHosts& fresh_;
  store::Statement begin_, unfinished_, hosts_, delete_pending_, delete_urls_, delete_outcomes_, delete_sites_,
      delete_moved_, delete_cut_, delete_crawl_;
  CrawlId cursor_of_ = 0;
  Rank fresh_cursor_ = 0;
  HostId cursor_ = 0;
  bool leased_ = false;  // a leased host has been passed over
};

}  // namespace wswp::frontier
