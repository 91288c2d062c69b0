#pragma once
// The table `site_hosts`: bounds how many hosts of one registrable domain links add to a crawl, because with wildcard
// DNS a site has as many as it likes. All calls stand inside a transaction of the caller.

#include <cstdint>

#include "frontier/types.h"
#include "store/database.h"
#include "url/url.h"

namespace wswp::frontier {

class SiteTable {
 public:
  /// `max_hosts`: of one site in one crawl; 0: no bound, and none are counted.
  SiteTable(store::Database& database, std::int64_t max_hosts);

  /// A link leads to a host that is new to the crawl. True: it is admitted, and counted, unless it is the registrable
  /// domain itself or its "www.", with the default port. These make no farm, and in a crawl of the whole web they are
  /// most of what links lead to: they cost a look-up of the Public Suffix List, others one of the table as well.
  bool admit(CrawlId crawl, const url::Url& url);

 private:
  const std::int64_t max_hosts_;
  store::Statement count_;
};

}  // namespace wswp::frontier
