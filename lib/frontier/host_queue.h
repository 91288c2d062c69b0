#pragma once
// Which hosts a crawl wants something of, and whose turn it is: the tables `crawl_host`, `queue` and `lease`. A host
// with pending URLs is either in the queue of its crawl or leased to a worker; here is all that moves it. One that is
// fresh (see FreshHosts) is in the queue, and has no row in `crawl_host` yet.
//
//   want(), revive() ─▶ queue ─ take() ─▶ lease() ─ progress() … release() ─▶ queue, as long as URLs are pending
//                         ▲                    │
//                         └──── put_off() ◀────┴ not its time, or another crawl's visit holds it
//
// All calls stand inside a transaction of the caller.

#include <cstdint>
#include <span>
#include <vector>

#include "frontier/fresh_hosts.h"
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

class HostQueue {
 public:
  HostQueue(store::Database& database, FreshHosts& fresh);

  /// The crawl has one URL more of the host, pending and in `url`. `rank`: its own; that of the first counts. Returns
  /// whether it must have its row in `pending`; false: it is the first, and the host is fresh.
  bool want(CrawlId crawl, HostId host, Rank rank);
  /// The same for hosts that the crawl has no URL of yet, in the order of their ids. Those with one are fresh.
  void want(CrawlId crawl, std::span<const FirstWant> hosts);
  /// A URL of the host that had ended is pending again.
  void revive(CrawlId crawl, HostId host);
  /// How many URLs the crawl has of the host.
  std::int64_t total(CrawlId crawl, HostId host);

  /// Takes from the queue all from `first_ready_at` up to the place (last_ready_at, last_rank), settles them, and
  /// leaves it to the caller to lease each or to put it off.
  void take(CrawlId crawl, ScheduleMs first_ready_at, ScheduleMs last_ready_at, Rank last_rank);
  void lease(Owner owner, CrawlId crawl, HostId host, std::int64_t claimed);
  /// Back into the queue, at `ready_at`.
  void put_off(CrawlId crawl, HostId host, ScheduleMs ready_at);

  /// `ended` of the leased host's pending URLs have an outcome now; its visit goes on.
  void progress(CrawlId crawl, HostId host, std::int64_t ended);
  /// The same, and the visit is over: the host may be claimed again at `ready_at`, if there is anything left.
  void release(CrawlId crawl, HostId host, std::int64_t ended, ScheduleMs ready_at);

  /// Forgets the host, which is not leased.
  void remove(CrawlId crawl, HostId host);

 private:
  /// Puts it into the queue if it has pending URLs and is not leased; once more changes nothing.
  void enqueue(CrawlId crawl, HostId host);

  FreshHosts& fresh_;
  store::Statement one_more_, again_, revive_, total_;
  store::Statement enqueue_, enqueue_fresh_, dequeue_, take_;
  store::Statement lease_, unlease_, progress_lease_, end_urls_, end_all_, rest_, delete_;
  store::RowTable<FirstWant> first_wants_;  // what these read:
  store::Statement want_first_, enqueue_first_;
};

}  // namespace wswp::frontier
