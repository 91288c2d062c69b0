#include "frontier/site_table.h"

#include <string>
#include <string_view>

#include "url/scope.h"

namespace wswp::frontier {

namespace {

bool is_main_host(const url::Url& url, std::string_view site) {
  constexpr std::string_view kWww = "www.";
  std::string_view host = url.host();
  if (!url.origin().ends_with(host)) return false;  // a port of its own
  if (host.size() == site.size() + kWww.size() && host.starts_with(kWww)) host.remove_prefix(kWww.size());
  return host == site;
}

}  // namespace

SiteTable::SiteTable(store::Database& database, std::int64_t max_hosts)
    : max_hosts_(max_hosts),
      count_(database,
             "insert into site_hosts (crawl_id, site, hosts) values (?1, ?2, 1) "
             "on conflict do update set hosts = hosts + 1 where hosts < ?3") {}

bool SiteTable::admit(CrawlId crawl, const url::Url& url) {
  if (max_hosts_ == 0) return true;
  const std::string site = url::registrable_domain(url.host());  // bound texts are not copied
  if (is_main_host(url, site)) return true;
  return count_.run(crawl, site, max_hosts_) > 0;
}

}  // namespace wswp::frontier
