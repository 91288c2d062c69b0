#pragma once
// The table `site_hosts`: bounds how many hosts of one registrable domain links add to a crawl, because with wildcard
// DNS a site has as many as it likes. All calls stand inside a transaction of the caller.

#include <cstdint>
#include <string_view>

#include "frontier/types.h"
#include "store/database.h"

namespace wswp::frontier {

class SiteTable {
 public:
  /// `max_hosts`: of one site in one crawl; 0: no bound, and none are counted.
  SiteTable(store::Database& database, std::int64_t max_hosts);

  /// A link leads to a host that is new to the crawl. True: it is admitted, and counted. `host` as of Url::host().
  /// Cost: a look-up of the Public Suffix List and one of the table, whatever the size of the frontier.
  bool admit(CrawlId crawl, std::string_view host);

 private:
  const std::int64_t max_hosts_;
  store::Statement count_;
};

}  // namespace wswp::frontier
