#pragma once
// Adds lists. A list names hosts in its own order, and everything but the hash table of hosts follows that order; so a
// batch is added in two walks, each in transactions of a few thousand rows:
//
//   1. in key order:  host_key   look up the origin, or reserve an id for it (ids follow the list's order)
//   2. in list order: host, url and pending, crawl_host and queue   make what is missing, count
//
// Both walks touch every page once, whatever the size of the frontier. Cut short between the two, reserved ids stay
// without a row, which HostDirectory explains and the next add of the origin completes.

#include <cstddef>
#include <vector>

#include "frontier/crawl_table.h"
#include "frontier/host_directory.h"
#include "frontier/seed_list.h"
#include "frontier/types.h"
#include "frontier/url_table.h"
#include "store/database.h"

namespace wswp::frontier {

class SeedAdder {
 public:
  SeedAdder(store::Database& database, CrawlTable& crawls, HostDirectory& hosts, UrlTable& urls)
      : database_(database), crawls_(crawls), hosts_(hosts), urls_(urls) {}

  void add(CrawlId crawl, const SeedList& seeds, ScheduleMs now, AddSummary& summary);

 private:
  /// The host of each seed. That of seed i, where it is the first to name a new one, is first_new + i.
  struct ResolvedHosts {
    std::vector<HostId> ids;
    HostId first_new = 0;
  };
  /// Walk 1.
  ResolvedHosts resolve_hosts(const SeedList& seeds);
  /// Adds the seeds [begin, end), of resolved hosts, in one transaction; a part of walk 2.
  void add_rows(CrawlId crawl, const SeedList& seeds, const ResolvedHosts& hosts, std::size_t begin, std::size_t end,
                ScheduleMs now, AddSummary& summary);

  store::Database& database_;
  CrawlTable& crawls_;
  HostDirectory& hosts_;
  UrlTable& urls_;
};

}  // namespace wswp::frontier
