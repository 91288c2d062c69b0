#include "frontier/host_queue.h"

namespace wswp::frontier {
namespace {

ScheduleMs place(ScheduleMs ready_at, bool failing) {
  return failing ? ready_at - HostQueue::kFailing : ready_at;
}

}  // namespace

HostQueue::HostQueue(store::Database& database, FreshHosts& fresh)
    : fresh_(fresh),
      one_more_(database,
                "update crawl_host set pending = pending + 1, total = total + 1 "
                "where host_id = ? and crawl_id = ? and pending > 0"),
      again_(database, "update crawl_host set pending = 1, total = total + 1 where host_id = ? and crawl_id = ?"),
      revive_(database, "update crawl_host set pending = pending + 1 where host_id = ? and crawl_id = ?"),
      total_(database,
             "select coalesce((select total from crawl_host where host_id = ?1 and crawl_id = ?2), "
             "(select count(*) from url where host_id = ?1 and crawl_id = ?2))"),
      enqueue_(database,
               "insert into queue (crawl_id, ready_at, rank, host_id) select crawl_id, ready_at, rank, host_id "
               "from crawl_host q where host_id = ?1 and crawl_id = ?2 and pending > 0 and not exists "
               "(select 1 from lease l where l.host_id = ?1 and l.crawl_id = ?2) on conflict do nothing"),
      dequeue_(database,
               "delete from queue where (crawl_id, ready_at, rank) = "
               "(select crawl_id, ready_at, rank from crawl_host where host_id = ? and crawl_id = ?)"),
      take_(database, "delete from queue where crawl_id = ? and ready_at >= ? and (ready_at, rank) <= (?, ?)"),
      lease_(database, "insert into lease (host_id, crawl_id, owner, claimed) values (?, ?, ?, ?)"),
      unlease_(database, "delete from lease where host_id = ? and crawl_id = ?"),
      progress_lease_(database, "update lease set claimed = max(claimed - ?3, 0) where host_id = ?1 and crawl_id = ?2"),
      end_urls_(database, "update crawl_host set pending = pending - ?3 where host_id = ?1 and crawl_id = ?2"),
      // A host that is done keeps its ready_at: only that of host_state matters to it, and the row does not grow.
      end_all_(database, "update crawl_host set pending = 0 where host_id = ? and crawl_id = ? and pending = ?"),
      rest_(database,
            "update crawl_host set pending = pending - ?3, ready_at = ?4 where host_id = ?1 and crawl_id = ?2"),
      delete_(database, "delete from crawl_host where host_id = ? and crawl_id = ?") {}

void HostQueue::enqueue(CrawlId crawl, HostId host) {
  enqueue_.run(host, crawl);
}

bool HostQueue::want(CrawlId crawl, HostId host, Rank rank) {
  if (one_more_.run(host, crawl) > 0) return true;  // it is queued or leased, as most hosts that links name
  if (again_.run(host, crawl) > 0) {                // it was done
    enqueue(crawl, host);
    return true;
  }
  if (!fresh_.settle(crawl, host)) fresh_.add(crawl, host, rank);
  return false;
}

void HostQueue::want(CrawlId crawl, std::span<const FirstWant> hosts) {
  fresh_.add(crawl, hosts);
}

void HostQueue::revive(CrawlId crawl, HostId host) {
  revive_.run(host, crawl);
  enqueue(crawl, host);
}

std::int64_t HostQueue::total(CrawlId crawl, HostId host) {
  total_.bind(host, crawl);
  const std::int64_t total = total_.step() ? total_.integer(0) : 0;
  total_.reset();
  return total;
}

void HostQueue::take(CrawlId crawl, ScheduleMs first_ready_at, ScheduleMs last_ready_at, Rank last_rank) {
  if (first_ready_at == 0) fresh_.settle_up_to(crawl, last_rank);
  take_.run(crawl, first_ready_at, last_ready_at, last_rank);
}

void HostQueue::lease(Owner owner, CrawlId crawl, HostId host, std::int64_t claimed) {
  lease_.run(host, crawl, owner, claimed);
}

void HostQueue::put_off(CrawlId crawl, HostId host, ScheduleMs ready_at, bool failing) {
  rest_.run(host, crawl, 0, place(ready_at, failing));
  enqueue(crawl, host);
}

void HostQueue::progress(CrawlId crawl, HostId host, std::int64_t ended) {
  const bool leased = progress_lease_.run(host, crawl, ended) > 0;
  if (!leased) dequeue_.run(host, crawl);  // as in release()
  end_urls_.run(host, crawl, ended);
  if (!leased) enqueue(crawl, host);
}

void HostQueue::release(CrawlId crawl, HostId host, std::int64_t ended, ScheduleMs ready_at, bool failing) {
  // Without a lease the host is in the queue: the visit was given up for lost before, and nobody has taken it since.
  if (unlease_.run(host, crawl) == 0) dequeue_.run(host, crawl);
  if (end_all_.run(host, crawl, ended) > 0) return;
  rest_.run(host, crawl, ended, place(ready_at, failing));
  enqueue(crawl, host);
}

void HostQueue::remove(CrawlId crawl, HostId host) {
  dequeue_.run(host, crawl);
  delete_.run(host, crawl);
}

}  // namespace wswp::frontier
