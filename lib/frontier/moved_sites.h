#pragma once
// The table `moved_site`: what the site of a URL is where redirects led out of that of its own host. Such a site has
// the number that is the rank of the URL which was redirected first. All calls stand inside a transaction of the
// caller.

#include <string>
#include <vector>

#include "frontier/types.h"
#include "store/database.h"

namespace wswp::frontier {

class MovedSites {
 public:
  explicit MovedSites(store::Database& database);

  /// The number of the site of the URL that `from` was redirected to, out of the registrable domain of its host.
  static Rank number_of(const VisitUrl& from) { return from.site == 0 ? from.rank : from.site; }

  /// Notes the hosts of that site. `host`: of `from`; `target_host`: where it was redirected to. A seed takes its site
  /// along: where it is led to is part of it. Where a link was led to is not.
  void add_redirect(CrawlId crawl, HostId host, const VisitUrl& from, HostId target_host);

  /// The names of the hosts of a site, as Url::host() gives them; none for an unknown one.
  std::vector<std::string> hosts(CrawlId crawl, Rank site);

 private:
  store::Statement add_, hosts_;
};

}  // namespace wswp::frontier
