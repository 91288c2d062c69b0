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

#include "frontier/fresh_hosts.h"
#include "frontier/types.h"
#include "store/database.h"

namespace wswp::frontier {

class HostQueue {
 public:
  /// Hosts that have failed stand apart, so that however many wait nobody waits behind them: their column `ready_at` is
  /// the time at which they are due less this, and so below 0.
  static constexpr ScheduleMs kFailing = ScheduleMs{1} << 52U;

  HostQueue(store::Database& database, FreshHosts& fresh);

  /// The crawl has one URL more of the host, pending, in `url`. `rank`: its own; that of the first counts. Returns
  /// whether it is to get its row in `pending`; false: it has it, or is the one of a fresh host.
  bool want(CrawlId crawl, HostId host, Rank rank);
  /// The same for hosts that the crawl had no URL of, in the order of their ids. All have theirs in `pending` then, but
  /// those with one, which are fresh.
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
  void put_off(CrawlId crawl, HostId host, ScheduleMs ready_at, bool failing);

  /// `ended` of the leased host's pending URLs have an outcome now; its visit goes on.
  void progress(CrawlId crawl, HostId host, std::int64_t ended);
  /// The same, and the visit is over: the host may be claimed again at `ready_at`, if there is anything left.
  void release(CrawlId crawl, HostId host, std::int64_t ended, ScheduleMs ready_at, bool failing);

  /// Forgets the host, which is not leased.
  void remove(CrawlId crawl, HostId host);

 private:
  /// Puts it into the queue if it has pending URLs and is not leased; once more changes nothing.
  void enqueue(CrawlId crawl, HostId host);

  FreshHosts& fresh_;
  store::Statement one_more_, again_, revive_, total_;
  store::Statement enqueue_, dequeue_, take_;
  store::Statement lease_, unlease_, progress_lease_, end_urls_, end_all_, rest_, delete_;
};

}  // namespace wswp::frontier
