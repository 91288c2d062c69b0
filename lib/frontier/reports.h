#pragma once
// Read-only questions about the frontier: what `wswpctl results`, `errors` and `show` answer. Each object has its own
// read transaction, so that a long answer is consistent and never stops a writer. One thread at a time.

#include <cstdint>
#include <functional>
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
  /// Rows in rank order, of one crawl or (crawl by crawl) of all, of one outcome or of all. `row` returns false to
  /// stop.
  virtual void results(const std::optional<std::string>& crawl, std::optional<UrlState> outcome,
                       const std::function<bool(const ResultRow&)>& row) = 0;
  /// Failures by error, most frequent first.
  virtual std::vector<ErrorGroup> errors(const std::optional<std::string>& crawl) = 0;
  /// The host and what each crawl knows of the URL. Nothing where nothing is known of the host.
  virtual std::optional<HostInfo> host(const url::Url& url) = 0;
  virtual std::vector<UrlInfo> find(const url::Url& url) = 0;
};

}  // namespace wswp::frontier
