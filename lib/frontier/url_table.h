#pragma once
// The table `url`: the seen set, and what is still to be fetched. All calls stand inside a transaction of the caller, which
// also keeps the crawl's counters.

#include <optional>
#include <string_view>

#include "frontier/host_queue.h"
#include "frontier/types.h"
#include "store/database.h"

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
};

class UrlTable {
 public:
  UrlTable(store::Database& database, HostQueue& queue);

  /// Adds a pending URL and queues its host. False: the crawl knows it already.
  bool add(const NewUrl& url);
  /// Adds a target that a redirect led through. False: the crawl knows it already.
  bool add_alias(const NewUrl& url);

  struct Known {
    Rank rank;
    std::int64_t depth;
    int attempts;
    UrlState state;
  };
  std::optional<Known> find(CrawlId crawl, HostId host, std::string_view target);

  /// A pending URL got its outcome. False: it was not pending.
  bool end(CrawlId crawl, HostId host, std::string_view target, UrlState state);
  /// A try did not end it.
  void tried(CrawlId crawl, HostId host, std::string_view target);

 private:
  HostQueue& queue_;
  store::Statement insert_, find_, end_, tried_;
};

}  // namespace wswp::frontier
