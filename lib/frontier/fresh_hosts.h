#pragma once
// Hosts of which a crawl knows one URL and that it has not turned to yet, as nearly all of a list are. Such a host has
// a row in `url` and its place in the queue, (crawl, 0, the rank of the URL), and that says it all: its rows in
// `pending` and `crawl_host` would repeat it. It is settled, that is, gets them, when its turn comes or a second URL.
// What is in the queue without a row in `crawl_host` is fresh.
//
// All calls stand inside a transaction of the caller.

#include <cstdint>
#include <optional>

#include "frontier/types.h"
#include "store/database.h"

namespace wswp::frontier {

class FreshHosts {
 public:
  explicit FreshHosts(store::Database& database);

  /// Settles those of the crawl whose ranks are at most this, before they are taken from the queue.
  void settle(CrawlId crawl, Rank last_rank);
  /// Settles a host without a row in `crawl_host` that has just got the URL of rank `newer`, in `url` alone. False: it
  /// was not fresh, and has no other URL.
  bool settle(CrawlId crawl, HostId host, Rank newer);

  /// The rank of the last of the next `most` behind `rank`; nothing: there are none.
  std::optional<Rank> last_of_next(CrawlId crawl, Rank rank, std::int64_t most);
  /// Deletes those with ranks above `rank`, up to `last_rank`, with their URLs.
  void remove(CrawlId crawl, Rank rank, Rank last_rank);

 private:
  store::Statement add_pending_, add_hosts_, add_pending_of_, add_host_;
  store::Statement last_of_next_, delete_urls_, delete_;
};

}  // namespace wswp::frontier
