#pragma once
// Which hosts a crawl wants something of, and whose turn it is: the tables `crawl_host`, `queue` and `lease`. A host
// with pending URLs is either in the queue of its crawl or leased to a worker; here is all that moves it.
//
//   want(), revive() ─▶ queue ─ take_…() ─▶ lease() ─ progress() … release() ─▶ queue, as long as URLs are pending
//                         ▲                    │                 or void_lease()
//                         └──── put_off() ◀────┴ not its time, or another crawl's visit holds it
//
// All calls stand inside a transaction of the caller.

#include <cstdint>

#include "frontier/types.h"
#include "store/database.h"

namespace wswp::frontier {

class HostQueue {
 public:
  explicit HostQueue(store::Database& database);

  /// The crawl has one URL more of the host, pending. `rank`: its own; that of the first counts.
  void want(CrawlId crawl, HostId host, Rank rank);
  /// The same for all hosts and URLs of a range, which are in `url` by now.
  void want(const AddedRange& added);
  /// A URL of the host that had ended is pending again.
  void revive(CrawlId crawl, HostId host);
  /// How many URLs the crawl has of the host.
  std::int64_t total(CrawlId crawl, HostId host);

  /// Takes from the queue all that have waited, up to this one; each is to be leased or put off.
  void take_waited(CrawlId crawl, ScheduleMs last_ready_at, Rank last_rank);
  /// Takes from the queue all that no visit has left URLs over of, up to this one; each is to be leased or put off.
  void take_new(CrawlId crawl, Rank last_rank);
  void lease(Owner owner, CrawlId crawl, HostId host, std::int64_t claimed);
  /// Back into the queue, at `ready_at`.
  void put_off(CrawlId crawl, HostId host, ScheduleMs ready_at);

  /// `ended` of the leased host's pending URLs have an outcome now; its visit goes on.
  void progress(CrawlId crawl, HostId host, std::int64_t ended);
  /// The same, and the visit is over: the host may be claimed again at `ready_at`, if there is anything left.
  void release(CrawlId crawl, HostId host, std::int64_t ended, ScheduleMs ready_at);
  /// Ends a visit of which nothing more will be heard.
  void void_lease(CrawlId crawl, HostId host, ScheduleMs ready_at) { release(crawl, host, 0, ready_at); }

  /// Forgets the host, which is not leased.
  void remove(CrawlId crawl, HostId host);

 private:
  store::Statement insert_, one_more_, first_again_, revive_, enqueue_new_, want_range_, enqueue_range_, total_;
  store::Statement enqueue_, dequeue_, take_waited_, take_new_;
  store::Statement lease_, unlease_, progress_lease_, end_urls_, end_all_, rest_, delete_;
};

}  // namespace wswp::frontier
