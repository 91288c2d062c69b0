#pragma once
// Gives the failed URLs of a crawl another life: their outcomes are taken back, and they are pending as if never tried.

#include "frontier/crawl_table.h"
#include "frontier/types.h"
#include "store/database.h"

namespace wswp::frontier {

class FailureRetrier {
 public:
  FailureRetrier(store::Database& database, CrawlTable& crawls);

  /// All that had failed by `now`, in transactions of a few hundred rows. Returns how many.
  std::int64_t retry(CrawlId crawl, WallMs now);

 private:
  struct Failure {
    Rank rank;
    HostId host;
    std::string target;
    std::int64_t bytes;
  };
  std::vector<Failure> next_failures(CrawlId crawl, WallMs now);

  store::Database& database_;
  CrawlTable& crawls_;
  store::Statement failures_, delete_outcome_, revive_, queue_;
};

}  // namespace wswp::frontier
