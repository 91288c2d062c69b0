#include "frontier/fresh_hosts.h"

#include <limits>
#include <string>

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
                   of_fresh("insert into pending (host_id, crawl_id, rank, target, depth, redirects) "
                            "select u.host_id, u.crawl_id, u.rank, u.target, u.depth, u.redirects from queue q "
                            "cross join url u on u.host_id = q.host_id and u.crawl_id = q.crawl_id ")
                       .c_str()),
      add_hosts_(database,
                 "insert into crawl_host (host_id, crawl_id, rank, pending, total) "
                 "select host_id, crawl_id, rank, 1, 1 from queue where crawl_id = ? and ready_at = 0 and rank <= ? "
                 "on conflict do nothing"),
      add_pending_of_(database,
                      "insert into pending (host_id, crawl_id, rank, target, depth, redirects) "
                      "select host_id, crawl_id, rank, target, depth, redirects from url "
                      "where host_id = ? and crawl_id = ? and rank <> ?"),
      add_host_(database,
                "insert into crawl_host (host_id, crawl_id, rank, pending, total) "
                "select host_id, crawl_id, rank, 1, 1 from pending where host_id = ? and crawl_id = ?"),
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
                            .c_str()) {}

void FreshHosts::settle(CrawlId crawl, Rank last_rank) {
  add_pending_.run(crawl, 0, last_rank);
  add_hosts_.run(crawl, last_rank);
}

bool FreshHosts::settle(CrawlId crawl, HostId host, Rank newer) {
  return add_pending_of_.run(host, crawl, newer) > 0 && add_host_.run(host, crawl) > 0;
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
