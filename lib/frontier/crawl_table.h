#pragma once
// The table `crawl`: settings and counters of the named crawls. All calls stand inside a transaction of the caller.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "frontier/types.h"
#include "store/database.h"

namespace wswp::frontier {

/// What a transaction changes of a crawl's counters; applied once, at its end.
struct CounterChange {
  std::int64_t total = 0, pending = 0, fetched = 0, failed = 0, disallowed = 0, skipped = 0, bytes = 0;

  /// A pending URL got an outcome.
  void ended(const Outcome& outcome);
};

class CrawlTable {
 public:
  explicit CrawlTable(store::Database& database);

  std::optional<Crawl> find(const std::string& name);
  std::vector<Crawl> all();
  void insert(const std::string& name, const CrawlOptions& options, WallMs now);
  void update(CrawlId id, const CrawlOptions& options);
  bool set_paused(const std::string& name, bool paused);

  /// The rank that take_ranks() would give first.
  Rank next_rank(CrawlId id);
  /// Takes `count` ranks for new URLs; returns the first of them.
  Rank take_ranks(CrawlId id, std::int64_t count);
  void apply(CrawlId id, const CounterChange& change);
  /// Adds to what rules have cut.
  void add_cut(CrawlId id, const CutCounts& cut);
  /// Nothing: the crawl is gone, or being removed.
  std::optional<CrawlOptions> options(CrawlId id);

  /// Id and delay of the crawls that are not paused and have pending URLs.
  struct Running {
    CrawlId id;
    std::int64_t delay_ms;
  };
  std::vector<Running> running(std::int64_t default_delay_ms);

 private:
  Crawl read(store::Statement& row);
  static CrawlOptions read_options(store::Statement& row, int at);

  store::Statement find_, all_, in_flight_, insert_, update_, set_paused_, next_rank_, take_ranks_, apply_, options_,
      running_, cut_, add_cut_;
};

}  // namespace wswp::frontier
