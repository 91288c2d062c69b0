#include "frontier/crawl_remover.h"

#include <limits>

namespace wswp::frontier {
namespace {

constexpr std::int64_t kHostsPerStep = 1000;
constexpr std::int64_t kRemovedPerStep = 4000;

}  // namespace

CrawlRemover::CrawlRemover(store::Database& database, HostQueue& queue, FreshHosts& fresh)
    : database_(database),
      queue_(queue),
      fresh_(fresh),
      // The new name is none that a crawl can have, so the old one is free at once.
      begin_(database,
             "update crawl set removed = 1, paused = 1, name = name || ' #' || id where name = ? and removed = 0 "
             "returning id"),
      unfinished_(database, "select id from crawl where removed = 1"),
      hosts_(database,
             "select host_id, exists (select 1 from lease l where l.host_id = q.host_id and l.crawl_id = q.crawl_id) "
             "from crawl_host q where host_id > ? and crawl_id = ? order by host_id limit ?"),
      delete_pending_(database,
                      "delete from pending where host_id = ?1 and crawl_id = ?2 and rank in "
                      "(select rank from pending where host_id = ?1 and crawl_id = ?2 limit ?3)"),
      delete_urls_(database,
                   "delete from url where host_id = ?1 and crawl_id = ?2 and target in "
                   "(select target from url where host_id = ?1 and crawl_id = ?2 limit ?3)"),
      delete_outcomes_(database,
                       "delete from outcome where crawl_id = ?1 and rank in "
                       "(select rank from outcome where crawl_id = ?1 limit ?2)"),
      delete_sites_(database,
                    "delete from site_hosts where crawl_id = ?1 and site in "
                    "(select site from site_hosts where crawl_id = ?1 limit ?2)"),
      delete_moved_(database,
                    "delete from moved_site where crawl_id = ?1 and (site, host_id) in "
                    "(select site, host_id from moved_site where crawl_id = ?1 limit ?2)"),
      delete_cut_(database, "delete from cut_links where crawl_id = ?"),
      delete_crawl_(database, "delete from crawl where id = ?") {}

std::optional<CrawlId> CrawlRemover::begin(const std::string& name) {
  begin_.bind(name);
  if (!begin_.step()) return std::nullopt;
  const CrawlId id = begin_.integer(0);
  begin_.reset();
  return id;
}

std::vector<CrawlId> CrawlRemover::unfinished() {
  std::vector<CrawlId> crawls;
  unfinished_.bind();
  while (unfinished_.step()) crawls.push_back(unfinished_.integer(0));
  return crawls;
}

bool CrawlRemover::delete_fresh(CrawlId crawl) {
  const std::optional<Rank> last = fresh_.last_of_next(crawl, fresh_cursor_, kHostsPerStep);  // no more are added
  if (!last) {
    fresh_cursor_ = std::numeric_limits<Rank>::max();
    return false;
  }
  store::Transaction transaction(database_);
  fresh_.remove(crawl, fresh_cursor_, *last);
  transaction.commit();
  fresh_cursor_ = *last;
  return true;
}

bool CrawlRemover::delete_hosts(CrawlId crawl) {
  struct Host {
    HostId id;
    bool leased;
  };
  std::vector<Host> hosts;
  hosts_.bind(cursor_, crawl,
              kHostsPerStep);  // outside of the transaction: it may have to pass over other crawls' rows
  while (hosts_.step()) hosts.push_back({.id = hosts_.integer(0), .leased = hosts_.integer(1) != 0});
  if (hosts.empty()) return false;
  HostId last = cursor_;
  bool leased = leased_;
  store::Transaction transaction(database_);
  for (std::int64_t rows = 0; const Host& host : hosts) {
    if (!host.leased) {
      rows += delete_pending_.run(host.id, crawl, kRemovedPerStep - rows);
      rows += delete_urls_.run(host.id, crawl, kRemovedPerStep - rows);
      if (rows >= kRemovedPerStep) break;  // the host may have more
      queue_.remove(crawl, host.id);
    }
    leased = leased || host.leased;
    last = host.id;
  }
  transaction.commit();
  cursor_ = last;  // only now: a step that fails is done once more
  leased_ = leased;
  return true;
}

RemovalProgress CrawlRemover::step(CrawlId crawl) {
  database_.give_way();
  if (cursor_of_ != crawl) {
    cursor_of_ = crawl;
    fresh_cursor_ = 0;
    cursor_ = 0;
    leased_ = false;
  }
  if (delete_fresh(crawl) || delete_hosts(crawl)) return RemovalProgress::kMore;
  if (leased_) {
    cursor_ = 0;
    leased_ = false;
    return RemovalProgress::kWaiting;
  }
  if (delete_outcomes_.run(crawl, kRemovedPerStep) > 0) return RemovalProgress::kMore;
  if (delete_sites_.run(crawl, kRemovedPerStep) > 0) return RemovalProgress::kMore;
  if (delete_moved_.run(crawl, kRemovedPerStep) > 0) return RemovalProgress::kMore;
  store::Transaction transaction(database_);
  delete_cut_.run(crawl);
  delete_crawl_.run(crawl);
  transaction.commit();
  cursor_of_ = 0;
  return RemovalProgress::kDone;
}

}  // namespace wswp::frontier
