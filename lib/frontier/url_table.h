#pragma once
// The tables `url` (the seen set, which is only added to) and `pending` (what is still to be fetched, but for the URLs
// of fresh hosts: see FreshHosts). All calls stand inside a transaction of the caller, which also keeps the crawl's
// counters.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "frontier/host_queue.h"
#include "frontier/types.h"
#include "store/database.h"
#include "store/row_table.h"

namespace wswp::frontier {

/// A URL about to be added.
struct NewUrl {
  CrawlId crawl = 0;
  HostId host = 0;
  std::string_view target;
  Rank rank = 0;
  std::int64_t depth = 0;
  int redirects = 0;
  Rank from = 0;  // the URL that named it; 0: a seed
  Rank site = 0;  // of MovedSites; 0: that of its own host
};

/// A URL of a list.
struct Seed {
  HostId host = 0;
  std::string_view target;
  Rank rank = 0;
};

class UrlTable {
 public:
  UrlTable(store::Database& database, HostQueue& queue);

  /// Adds a pending URL and queues its host. False: the crawl knows it already.
  bool add(const NewUrl& url);
  /// The same for URLs of a list that are of hosts the crawl knows nothing of yet. In the order of host and target,
  /// none twice.
  void add_seeds(CrawlId crawl, std::span<const Seed> seeds);
  /// Adds a target that a redirect led through. False: the crawl knows it already.
  bool add_alias(const NewUrl& url);

  /// Those of these hosts, both ends included, that the crawl has URLs of; ascending.
  std::vector<HostId> known_hosts(CrawlId crawl, HostId first, HostId last);

  struct Known {
    Rank rank;
    bool pending;
    std::int64_t depth;
    int attempts;  // of a pending one
  };
  std::optional<Known> find(CrawlId crawl, HostId host, std::string_view target);

  /// A pending URL got its outcome. False: it was not pending.
  bool end(CrawlId crawl, HostId host, Rank rank);
  /// A try did not end it.
  void tried(CrawlId crawl, HostId host, Rank rank);
  /// A URL that has ended is pending again, as if never tried; its outcome is the caller's.
  void revive(CrawlId crawl, HostId host, std::string_view target);

 private:
  bool insert(const NewUrl& url, bool alias);

  HostQueue& queue_;
  store::Statement insert_, insert_pending_, known_hosts_, find_, end_, tried_, revive_;
  store::RowTable<Seed> seeds_;  // what this reads:
  store::Statement insert_seeds_;
};

}  // namespace wswp::frontier
