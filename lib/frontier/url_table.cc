#include "frontier/url_table.h"

namespace wswp::frontier {

UrlTable::UrlTable(store::Database& database, HostQueue& queue)
    : queue_(queue),
      insert_(database,
              "insert into url (host_id, crawl_id, target, rank, depth, state, redirects, from_rank) "
              "values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing"),
      find_(database, "select rank, depth, attempts, state from url where host_id = ? and crawl_id = ? and target = ?"),
      end_(database, "update url set state = ?4 where host_id = ?1 and crawl_id = ?2 and target = ?3 and state = 2"),
      tried_(database, "update url set attempts = attempts + 1 where host_id = ? and crawl_id = ? and target = ?") {}

bool UrlTable::add(const NewUrl& url) {
  if (insert_.run(url.host, url.crawl, url.target, url.rank, url.depth, static_cast<int>(UrlState::kPending),
                  url.redirects, url.from) == 0) {
    return false;
  }
  queue_.want(url.crawl, url.host, url.rank);
  return true;
}

bool UrlTable::add_alias(const NewUrl& url) {
  return insert_.run(url.host, url.crawl, url.target, url.rank, url.depth, static_cast<int>(UrlState::kAlias),
                     url.redirects, url.from) > 0;
}

std::optional<UrlTable::Known> UrlTable::find(CrawlId crawl, HostId host, std::string_view target) {
  find_.bind(host, crawl, target);
  if (!find_.step()) return std::nullopt;
  const Known known{.rank = find_.integer(0),
                    .depth = find_.integer(1),
                    .attempts = static_cast<int>(find_.integer(2)),
                    .state = static_cast<UrlState>(find_.integer(3))};
  find_.reset();
  return known;
}

bool UrlTable::end(CrawlId crawl, HostId host, std::string_view target, UrlState state) {
  return end_.run(host, crawl, target, static_cast<int>(state)) > 0;
}

void UrlTable::tried(CrawlId crawl, HostId host, std::string_view target) {
  tried_.run(host, crawl, target);
}

}  // namespace wswp::frontier
