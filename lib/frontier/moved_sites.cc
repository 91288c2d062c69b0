#include "frontier/moved_sites.h"

#include "url/url.h"

namespace wswp::frontier {

MovedSites::MovedSites(store::Database& database)
    : add_(database, "insert into moved_site (crawl_id, site, host_id) values (?, ?, ?) on conflict do nothing"),
      hosts_(database,
             "select h.origin from moved_site m cross join host h on h.id = m.host_id "
             "where m.crawl_id = ? and m.site = ?") {}

void MovedSites::add_redirect(CrawlId crawl, HostId host, const VisitUrl& from, HostId target_host) {
  const bool seed = from.depth == 0;  // or led to from one by redirects alone
  if (from.site == 0) add_.run(crawl, number_of(from), host);
  if (seed) add_.run(crawl, number_of(from), target_host);
}

std::vector<std::string> MovedSites::hosts(CrawlId crawl, Rank site) {
  std::vector<std::string> hosts;
  hosts_.bind(crawl, site);
  while (hosts_.step()) {
    if (const Result<url::Url> origin = url::parse(hosts_.text(0))) hosts.emplace_back(origin->host());
  }
  return hosts;
}

}  // namespace wswp::frontier
