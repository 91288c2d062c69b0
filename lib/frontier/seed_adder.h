#pragma once
// Adds lists. A list names hosts in its own order, and everything but the hash table of hosts follows that order; so a
// batch is added in two walks, each in transactions of a few thousand rows:
//
//   1. in key order:  host_key   look up the origin, or reserve an id for it (ids follow the list's order)
//   2. in list order: host, url and pending, crawl_host and queue   make what is missing, count
//
// Both walks touch every page once, whatever the size of the frontier. The rows of a transaction are added by one
// statement a table, on the guess that all are new; only where some are not are they looked at one by one.
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
#include "store/row_table.h"

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
  };
  struct KeyedSeed {
    std::int64_t key;
    std::size_t index;  // in the list

    bool operator<(const KeyedSeed& other) const { return key != other.key ? key < other.key : index < other.index; }
  };
  static std::vector<KeyedSeed> in_key_order(const SeedList& seeds);

  /// Walk 1.
  ResolvedHosts resolve_hosts(const SeedList& seeds);
  /// The part of it that is a transaction's: finds or reserves the ids of these seeds.
  void reserve_hosts(const SeedList& seeds, const std::vector<KeyedSeed>& keyed, ResolvedHosts& hosts);
  /// Adds the seeds [begin, end), of resolved hosts, in one transaction; a part of walk 2.
  void add_rows(CrawlId crawl, const SeedList& seeds, ResolvedHosts& hosts, std::size_t begin, std::size_t end,
                ScheduleMs now, AddSummary& summary);
  /// Makes the rows that their hosts lack; corrects `hosts` where an id has become another origin's.
  void create_hosts(const SeedList& seeds, std::size_t begin, std::size_t end, ScheduleMs now, ResolvedHosts& hosts);

  store::Database& database_;
  CrawlTable& crawls_;
  HostDirectory& hosts_;
  UrlTable& urls_;
  store::RowTable rows_;  // what the statements below read
  store::Statement add_keys_, read_keys_, add_hosts_, see_;
};

}  // namespace wswp::frontier
