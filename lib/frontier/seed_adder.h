#pragma once
// Adds lists. A list names hosts in its own order, and everything but the hash table of hosts follows that order; so a
// batch is added in two walks:
//
//   1. in key order:  host_key   look up the origin, or reserve an id for it (ids follow the list's order)
//   2. in list order: host, url, queue   make what is missing, count
//
// Both touch every page once, whatever the size of the frontier, and go by steps of rows, each added by one statement a
// table; a row is looked at by itself only where its host was known before.
//
// What else a host with one URL needs, it gets when its turn comes (see FreshHosts).
//
// Cut short between the two walks, reserved ids stay without a row, which HostDirectory explains and the next add of
// the origin completes.

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
  SeedAdder(store::Database& database, CrawlTable& crawls, HostDirectory& hosts, UrlTable& urls);

  void add(CrawlId crawl, const SeedList& seeds, ScheduleMs now, AddSummary& summary);

 private:
  /// The host of each seed. That of seed i, where it is the first to name a new one, is new_id(i).
  struct ResolvedHosts {
    std::vector<HostId> ids;
    HostId first_new = 0;

    HostId new_id(std::size_t i) const { return first_new + static_cast<HostId>(i); }
    bool is_first(std::size_t i) const { return ids[i] == new_id(i); }
  };

  /// Calls step(begin, end, added) for consecutive pieces of [0, count), several in a transaction; others may write
  /// between two. What the steps count is in `summary` once it is committed.
  template <class Step>
  void in_transactions(std::size_t count, AddSummary& summary, Step&& step);

  /// Walk 1.
  ResolvedHosts resolve_hosts(const SeedList& seeds, AddSummary& summary);
  /// Adds the seeds [begin, end), of resolved hosts; a step of walk 2.
  void add_rows(CrawlId crawl, const SeedList& seeds, ResolvedHosts& hosts, std::size_t begin, std::size_t end,
                ScheduleMs now, AddSummary& summary);
  /// Makes the rows that their hosts lack; corrects `hosts` where an id has become another origin's.
  void create_hosts(const SeedList& seeds, std::size_t begin, std::size_t end, ScheduleMs now, ResolvedHosts& hosts);
  /// Adds seeds of hosts that have their rows; new hosts have ids within these. Returns how many URLs were new.
  std::int64_t add_urls(CrawlId crawl, const std::vector<Seed>& seeds, HostId first_new, HostId last_new);

  store::Database& database_;
  CrawlTable& crawls_;
  HostDirectory& hosts_;
  UrlTable& urls_;
};

}  // namespace wswp::frontier
