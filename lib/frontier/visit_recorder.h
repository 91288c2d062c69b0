#pragma once
// Records what became of visits: outcomes, found URLs, robots rules, the release of the host and the counters, all in
// the transaction of the caller, which is that of the whole group. What a crash interrupts has left no trace.

#include <map>
#include <optional>
#include <span>

#include "frontier/crawl_table.h"
#include "frontier/host_directory.h"
#include "frontier/host_queue.h"
#include "frontier/host_states.h"
#include "frontier/moved_sites.h"
#include "frontier/site_table.h"
#include "frontier/types.h"
#include "frontier/url_table.h"
#include "store/database.h"

namespace wswp::frontier {

class VisitRecorder {
 public:
  VisitRecorder(store::Database& database, CrawlTable& crawls, HostDirectory& hosts, HostStates& states,
                HostQueue& queue, UrlTable& urls, SiteTable& sites, MovedSites& moved);

  void record(std::span<const VisitReport> reports, ScheduleMs now);

 private:
  /// What the group has done to one crawl so far.
  struct CrawlTally {
    CounterChange change;
    CutCounts cut;
    Rank next_rank = 0;
    std::int64_t ranks_used = 0;
    std::int64_t max_urls_per_host = 0;
    bool crawl_stays = true;  // false: it is being removed, and gets no new URLs
  };

  void record_visit(const VisitReport& report, CrawlTally& tally, ScheduleMs now);
  /// Returns how many pending URLs of the visited host it ended.
  std::int64_t record_url(const VisitReport& report, const UrlReport& url, CrawlTally& tally);
  /// Where redirects within the host led: seen now, and if it was pending it has just been fetched.
  std::int64_t record_alias(const VisitReport& report, const UrlReport& url, const std::string& text,
                            CrawlTally& tally);
  void add_found(const VisitReport& report, const UrlReport& url, const FoundUrl& found, CrawlTally& tally,
                 ScheduleMs now);
  /// Whether the limits of a host and of a site let a link in; counts it where they do not. `host`: if it is known.
  bool admit(const VisitReport& report, const FoundUrl& found, std::optional<HostId> host, CrawlTally& tally);
  void insert_outcome(const VisitReport& report, std::string_view target, Rank rank, std::int64_t depth, int attempts,
                      const Outcome& outcome);
  /// How many URLs the crawl has of a host; knows it at once for the host it was asked about last.
  std::int64_t& count_of(CrawlId crawl, HostId host);
  CrawlTally& tally_of(std::map<CrawlId, CrawlTally>& tallies, CrawlId crawl);

  CrawlTable& crawls_;
  HostDirectory& hosts_;
  HostStates& states_;
  HostQueue& queue_;
  UrlTable& urls_;
  SiteTable& sites_;
  MovedSites& moved_;
  store::Statement insert_outcome_;
  CrawlId counted_crawl_ = 0;  // within a transaction
  HostId counted_host_ = 0;
  std::int64_t count_ = 0;
};

}  // namespace wswp::frontier
