#pragma once
// Gives the failed URLs of a crawl another life: their outcomes are taken back, and they are pending as if never tried.
// Begun, a retry is durable, and whoever finds it unfinished goes on with it; it goes by short steps, so that others go
// on. What is still to be taken back is counted as pending from the beginning (Crawl::retrying).

#include <optional>
#include <string>
#include <vector>

#include "frontier/crawl_table.h"
#include "frontier/types.h"
#include "frontier/url_table.h"
#include "store/database.h"

namespace wswp::frontier {

class FailureRetrier {
 public:
  FailureRetrier(store::Database& database, CrawlTable& crawls, UrlTable& urls);

  /// How many failures it will take back; nothing: there is no crawl of that name. Where one is under way, it begins
  /// anew.
  std::optional<std::int64_t> begin(const std::string& name);
  /// Retries that have begun and not ended.
  std::vector<CrawlId> unfinished();
  /// Takes some hundred failures back. False: all have been. Those that fail again meanwhile may be met once more, but
  /// the walk never turns back, so it ends.
  bool step(CrawlId crawl);

 private:
  struct Cursor {
    std::string error;
    Rank rank = 0;
    std::int64_t left = 0;
  };
  struct Failure {
    std::string error;
    Rank rank;
    HostId host;
    std::string target;
    std::int64_t bytes;
  };
  std::optional<Cursor> cursor(CrawlId crawl);
  /// Those behind the cursor in the order of the index.
  std::vector<Failure> failures_after(CrawlId crawl, const Cursor& cursor);

  store::Database& database_;
  CrawlTable& crawls_;
  UrlTable& urls_;
  store::Statement begin_, unfinished_, cursor_, move_, end_, failures_, delete_outcome_;
};

}  // namespace wswp::frontier
