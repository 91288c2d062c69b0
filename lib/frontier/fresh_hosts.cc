#include "frontier/fresh_hosts.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

namespace wswp::frontier {
namespace {

/// Ends a query over `queue` q: the fresh ones of crawl ?1 with ranks above ?2, up to ?3.
constexpr const char* kFresh =
    "where q.crawl_id = ?1 and q.ready_at = 0 and q.rank > ?2 and q.rank <= ?3 and not exists "
    "(select 1 from crawl_host h where h.host_id = q.host_id and h.crawl_id = q.crawl_id)";

std::string of_fresh(const char* sql, const char* end = "") {
  return std::string(sql) + kFresh + end;
}

}  // namespace

FreshHosts::FreshHosts(store::Database& database)
    : add_pending_(database,
                   of_fresh("insert into pending (host_id, crawl_id, rank, target, depth, redirects, site) "
                            "select u.host_id, u.crawl_id, u.rank, u.target, u.depth, u.redirects, u.site from queue q "
                            "cross join url u on u.host_id = q.host_id and u.crawl_id = q.crawl_id ")
                       .c_str()),
      add_hosts_(database,
                 "insert into crawl_host (host_id, crawl_id, rank, pending, total) "
                 "select host_id, crawl_id, rank, 1, 1 from queue where crawl_id = ? and ready_at = 0 and rank <= ? "
                 "on conflict do nothing"),
      add_pending_of_(database,
                      "insert into pending (host_id, crawl_id, rank, target, depth, redirects, site) "
                      "select host_id, crawl_id, rank, target, depth, redirects, site from url where host_id = ?1 and "
                      "crawl_id = ?2 and (select count(*) from url where host_id = ?1 and crawl_id = ?2) > 1"),
      add_host_(
          database,
          "insert into crawl_host (host_id, crawl_id, rank, pending, total) "
          "select host_id, crawl_id, min(rank), count(*), count(*) from pending where host_id = ? and crawl_id = ?"),
      last_of_next_(
          database,
          of_fresh("select max(rank) from (select q.rank from queue q ", " order by q.rank limit ?4)").c_str()),
      delete_urls_(database, of_fresh("delete from url where (host_id, crawl_id) in (select q.host_id, q.crawl_id "
                                      "from queue q ",
                                      ")")
                                 .c_str()),
      delete_(database, of_fresh("delete from queue where crawl_id = ?1 and ready_at = 0 and rank in (select q.rank "
                                 "from queue q ",
                                 ")")
                            .c_str()),
      enqueue_(database, "insert into queue (crawl_id, ready_at, rank, host_id) values (?, 0, ?, ?)"),
      first_wants_(database, "first_want",
                   {{"host_id", [](const FirstWant& host) -> store::RowValue { return host.host; }},
                    {"rank", [](const FirstWant& host) -> store::RowValue { return host.rank; }},
                    {"urls", [](const FirstWant& host) -> store::RowValue { return host.urls; }}}),
      enqueue_first_(database,
                     "insert into queue (crawl_id, ready_at, rank, host_id) "
                     "select ?1, 0, rank, host_id from first_want"),
      add_first_pending_(
          database,
          "insert into pending (host_id, crawl_id, rank, target, depth, redirects, site) "
          "select u.host_id, u.crawl_id, u.rank, u.target, u.depth, u.redirects, u.site from first_want w "
          "cross join url u on u.host_id = w.host_id and u.crawl_id = ?1"),
      add_first_hosts_(database,
                       "insert into crawl_host (host_id, crawl_id, rank, pending, total) "
                       "select host_id, ?1, rank, urls, urls from first_want") {}

void FreshHosts::add(CrawlId crawl, HostId host, Rank rank) {
  enqueue_.run(crawl, rank, host);
}

void FreshHosts::add(CrawlId crawl, std::span<const FirstWant> hosts) {
  first_wants_.set(hosts);
  enqueue_first_.run(crawl);
  std::vector<FirstWant> settled;
  std::copy_if(hosts.begin(), hosts.end(), std::back_inserter(settled),
               [](const FirstWant& host) { return host.urls > 1; });
  if (settled.empty()) return;
  first_wants_.set(settled);
  add_first_pending_.run(crawl);
  add_first_hosts_.run(crawl);
}

void FreshHosts::settle_up_to(CrawlId crawl, Rank last_rank) {
  add_pending_.run(crawl, 0, last_rank);
  add_hosts_.run(crawl, last_rank);
}

bool FreshHosts::settle(CrawlId crawl, HostId host) {
  return add_pending_of_.run(host, crawl) > 0 && add_host_.run(host, crawl) > 0;
}

std::optional<Rank> FreshHosts::last_of_next(CrawlId crawl, Rank rank, std::int64_t most) {
  last_of_next_.bind(crawl, rank, std::numeric_limits<Rank>::max(), most);
  std::optional<Rank> last;
  if (last_of_next_.step() && !last_of_next_.is_null(0)) last = last_of_next_.integer(0);
  last_of_next_.reset();
  return last;
}

void FreshHosts::remove(CrawlId crawl, Rank rank, Rank last_rank) {
  delete_urls_.run(crawl, rank, last_rank);
  delete_.run(crawl, rank, last_rank);
}

}  // namespace wswp::frontier
