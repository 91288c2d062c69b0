#include "frontier/site_table.h"

#include <string>

#include "url/scope.h"

namespace wswp::frontier {

SiteTable::SiteTable(store::Database& database, std::int64_t max_hosts)
    : max_hosts_(max_hosts),
      count_(database,
             "insert into site_hosts (crawl_id, site, hosts) values (?1, ?2, 1) "
             "on conflict do update set hosts = hosts + 1 where hosts < ?3") {}

bool SiteTable::admit(CrawlId crawl, std::string_view host) {
  if (max_hosts_ == 0) return true;
  const std::string site = url::registrable_domain(host);  // bound texts are not copied
  return count_.run(crawl, site, max_hosts_) > 0;
}

}  // namespace wswp::frontier
