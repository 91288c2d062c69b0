#pragma once
// Read-only questions about the frontier: what `wswpctl results`, `errors` and `show` answer. No call leaves a read
// transaction open when it returns, so that nobody who takes his time holds the log back. One thread at a time.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "frontier/types.h"

namespace wswp::frontier {

/// A row of the `results` view.
struct ResultRow {
  std::string crawl, url;
  std::int64_t depth = 0, attempts = 0;
  Outcome outcome;
};

/// How far a walk through the results has come: crawl by crawl, in rank order. What had an outcome when the walk began
/// is met once, unless `retry` takes it back; of what ends meanwhile, some is.
struct ResultWalk {
  struct Stretch {
    CrawlId crawl = 0;
    std::string name;
    Rank after = 0, last = 0;  // ranks still to be walked: after < rank <= last
  };
  std::deque<Stretch> stretches;    // the first is being walked
  std::optional<UrlState> outcome;  // only these

  bool over() const { return stretches.empty(); }
};

/// A group of `errors`.
struct ErrorGroup {
  std::string error;  // of docs/ERRORS.md
  std::int64_t count = 0;
  std::string example;  // a URL
};

/// What is known of a host.
struct HostInfo {
  std::string authority;  // "example.com", "example.com:8080"; of https "example.com:443"
  std::optional<RobotsRecord> robots;
  HostPace pace;
  WallMs ready_at = 0;  // this and the times of `robots`: by the present difference of wall and schedule time
  std::int64_t pending = 0;
};

/// What one crawl knows of a URL.
struct UrlInfo {
  std::string crawl, url;
  UrlState state = UrlState::kPending;
  bool in_flight = false;
  std::int64_t depth = 0, attempts = 0;
  Rank rank = 0;
  WallMs ready_at = 0;             // pending only: of its host
  std::optional<Outcome> outcome;  // unless pending
};

class Reports {
 public:
  virtual ~Reports() = default;
  /// A walk through the results of one crawl or of all, of one outcome or of all.
  virtual ResultWalk walk_results(const std::optional<std::string>& crawl, std::optional<UrlState> outcome) = 0;
  /// The next rows of a walk, which another object may have begun: at most `most` (1 or more), and none where a long
  /// stretch has none of that outcome. Throws CrawlRemoved where the crawl has gone meanwhile.
  virtual std::vector<ResultRow> next_results(ResultWalk& walk, std::size_t most) = 0;
  /// Failures by error, most frequent first.
  virtual std::vector<ErrorGroup> errors(const std::optional<std::string>& crawl) = 0;
  /// The host and what each crawl knows of the URL. Nothing where nothing is known of the host.
  virtual std::optional<HostInfo> host(const url::Url& url) = 0;
  virtual std::vector<UrlInfo> find(const url::Url& url) = 0;
};

}  // namespace wswp::frontier
