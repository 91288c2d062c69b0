#include "frontier/url_table.h"

#include <algorithm>

namespace wswp::frontier {

UrlTable::UrlTable(store::Database& database, HostQueue& queue)
    : queue_(queue),
      insert_(database,
              "insert into url (host_id, crawl_id, target, rank, depth, alias, redirects, from_rank, site) "
              "values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing"),
      insert_pending_(database,
                      "insert into pending (host_id, crawl_id, rank, target, depth, redirects, site) "
                      "values (?, ?, ?, ?, ?, ?, ?)"),
      known_hosts_(database,
                   "select distinct host_id from url where host_id between ?2 and ?3 and crawl_id = ?1 "
                   "order by host_id"),
      find_(database,
            "select u.rank, p.rank is not null or not exists "
            "(select 1 from crawl_host h where h.host_id = u.host_id and h.crawl_id = u.crawl_id), "
            "u.depth, coalesce(p.attempts, 0) from url u left join pending p "
            "on p.host_id = u.host_id and p.crawl_id = u.crawl_id and p.rank = u.rank "
            "where u.host_id = ? and u.crawl_id = ? and u.target = ?"),
      end_(database, "delete from pending where host_id = ? and crawl_id = ? and rank = ?"),
      tried_(database, "update pending set attempts = attempts + 1 where host_id = ? and crawl_id = ? and rank = ?"),
      revive_(database,
              "insert into pending (host_id, crawl_id, rank, target, depth, redirects, site) "
              "select host_id, crawl_id, rank, target, depth, redirects, site from url "
              "where host_id = ? and crawl_id = ? and target = ?"),
      seeds_(database, "seed",
             {{"host_id", [](const Seed& seed) -> store::RowValue { return seed.host; }},
              {"target", [](const Seed& seed) -> store::RowValue { return seed.target; }},
              {"rank", [](const Seed& seed) -> store::RowValue { return seed.rank; }}}),
      insert_seeds_(database,
                    "insert into url (host_id, crawl_id, target, rank, depth) "
                    "select host_id, ?1, target, rank, 0 from seed") {}

bool UrlTable::insert(const NewUrl& url, bool alias) {
  return insert_.run(url.host, url.crawl, url.target, url.rank, url.depth, alias, url.redirects, url.from, url.site) >
         0;
}

bool UrlTable::add(const NewUrl& url) {
  if (!insert(url, false)) return false;
  if (queue_.want(url.crawl, url.host, url.rank)) {
    insert_pending_.run(url.host, url.crawl, url.rank, url.target, url.depth, url.redirects, url.site);
  }
  return true;
}

void UrlTable::add_seeds(CrawlId crawl, std::span<const Seed> seeds) {
  std::vector<FirstWant> hosts;
  for (const Seed& seed : seeds) {
    if (hosts.empty() || hosts.back().host != seed.host) hosts.push_back({.host = seed.host, .rank = seed.rank});
    hosts.back().rank = std::min(hosts.back().rank, seed.rank);
    ++hosts.back().urls;
  }
  seeds_.set(seeds);
  insert_seeds_.run(crawl);
  queue_.want(crawl, hosts);
}

std::vector<HostId> UrlTable::known_hosts(CrawlId crawl, HostId first, HostId last) {
  std::vector<HostId> hosts;
  known_hosts_.bind(crawl, first, last);
  while (known_hosts_.step()) hosts.push_back(known_hosts_.integer(0));
  return hosts;
}

bool UrlTable::add_alias(const NewUrl& url) {
  return insert(url, true);
}

std::optional<UrlTable::Known> UrlTable::find(CrawlId crawl, HostId host, std::string_view target) {
  find_.bind(host, crawl, target);
  if (!find_.step()) return std::nullopt;
  const Known known{.rank = find_.integer(0),
                    .pending = find_.integer(1) != 0,
                    .depth = find_.integer(2),
                    .attempts = static_cast<int>(find_.integer(3))};
  find_.reset();
  return known;
}

bool UrlTable::end(CrawlId crawl, HostId host, Rank rank) {
  return end_.run(host, crawl, rank) > 0;
}

void UrlTable::tried(CrawlId crawl, HostId host, Rank rank) {
  tried_.run(host, crawl, rank);
}

void UrlTable::revive(CrawlId crawl, HostId host, std::string_view target) {
  revive_.run(host, crawl, target);
  queue_.revive(crawl, host);
}

}  // namespace wswp::frontier
