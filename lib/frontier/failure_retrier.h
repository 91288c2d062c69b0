#pragma once
// Gives the failed URLs of a crawl another life: their outcomes are taken back, and they are pending as if never tried.

#include "frontier/crawl_table.h"
#include "frontier/types.h"
#include "frontier/url_table.h"
#include "store/database.h"

namespace wswp::frontier {

class FailureRetrier {
 public:
  FailureRetrier(store::Database& database, CrawlTable& crawls, UrlTable& urls);

  /// Walks the failures once, in transactions of some hundred rows. Returns how many it revived. Those that fail again
  /// meanwhile may be met once more, but the walk never turns back, so it ends.
  std::int64_t retry(CrawlId crawl);

 private:
  struct Failure {
    std::string error;
    Rank rank;
    HostId host;
    std::string target;
    std::int64_t bytes;
  };
  /// Those behind (error, rank) in the order of the index.
  std::vector<Failure> failures_after(CrawlId crawl, const std::string& error, Rank rank);

  store::Database& database_;
  CrawlTable& crawls_;
  UrlTable& urls_;
  store::Statement failures_, delete_outcome_;
};

}  // namespace wswp::frontier
