#pragma once
// Hosts of which a crawl knows one URL and that it has not turned to yet, as nearly all of a list are. Such a host has
// a row in `url` and its place in the queue, (crawl, 0, the rank of the URL), and that says it all: its rows in
// `pending` and `crawl_host` would repeat it. It is settled, that is, gets them, when its turn comes or a second URL.
// What is in the queue without a row in `crawl_host` is fresh.
//
// All calls stand inside a transaction of the caller.

#include <cstdint>
#include <optional>
#include <span>

#include "frontier/types.h"
#include "store/database.h"
#include "store/row_table.h"

namespace wswp::frontier {

/// A host of which a crawl gets its first URLs, all pending.
struct FirstWant {
  HostId host = 0;
  Rank rank = 0;  // the least
  std::int64_t urls = 0;
};

class FreshHosts {
 public:
  explicit FreshHosts(store::Database& database);

  /// Queues a host of which the crawl has one URL, in `url`.
  void add(CrawlId crawl, HostId host, Rank rank);
  /// The same for hosts in the order of their ids; those with several URLs it settles.
  void add(CrawlId crawl, std::span<const FirstWant> hosts);

  /// Settles those of the crawl whose ranks are at most this, before they are taken from the queue.
  void settle_up_to(CrawlId crawl, Rank last_rank);
  /// Settles a host without a row in `crawl_host` that has several URLs by now, all in `url` alone. False: it has one.
  bool settle(CrawlId crawl, HostId host);

  /// The rank of the last of the next `most` behind `rank`; nothing: there are none.
  std::optional<Rank> last_of_next(CrawlId crawl, Rank rank, std::int64_t most);
  /// Deletes those with ranks above `rank`, up to `last_rank`, with their URLs.
  void remove(CrawlId crawl, Rank rank, Rank last_rank);

 private:
  store::Statement add_pending_, add_hosts_, add_pending_of_, add_host_;
  store::Statement last_of_next_, delete_urls_, delete_, enqueue_;
  store::RowTable<FirstWant> first_wants_;  // what these read:
  store::Statement enqueue_first_, add_first_pending_, add_first_hosts_;
};

}  // namespace wswp::frontier
