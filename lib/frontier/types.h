#pragma once
// What goes into the frontier and comes out of it. Plain values; they belong to one thread at a time.
//
// The life of a URL, written once:
//
//                 add                  claim (its host is leased)            record
//   list, link ─────────▶ pending ───────────────────────────────▶ in flight ───────▶ fetched | failed
//                            ▲                                          │             disallowed | skipped
//                            └──── retry, or the lease was voided ──────┘
//
// "In flight" is no state of the URL: it is a pending URL of a leased host. So a crash has nothing to repair but
// leases.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "url/url.h"

namespace wswp::frontier {

using CrawlId = std::int64_t;
using HostId = std::int64_t;
/// The order in which a crawl came to know its URLs: 1 is the first of the list. Unique within a crawl.
using Rank = std::int64_t;
/// Who holds a lease: the number of a worker process, from 0.
using Owner = int;

/// What has become of a URL; of outcomes as stored.
enum class UrlState { kPending = 2, kFetched = 3, kFailed = 4, kDisallowed = 5, kSkipped = 6, kAlias = 7 };
/// kAlias: not a URL of the crawl but where one of its URLs was redirected to within its host; seen, never visited.

std::string_view to_string(UrlState state);

/// Error: it is no name for a crawl, which has 1 to 64 of A-Z a-z 0-9 . _ -
Result<> check_crawl_name(const std::string& name);

/// Names a URL of the frontier.
struct UrlKey {
  CrawlId crawl = 0;
  HostId host = 0;
  Rank rank = 0;
};

/// A host that a dead owner has leased, and that is to be visited again under the same lease.
struct HeldHost {
  CrawlId crawl = 0;
  HostId host = 0;
  ScheduleMs ready_at = 0;  // no request before this
  bool failing = false;     // it has failed

  bool operator==(const HeldHost&) const = default;
};

/// A URL that killed the process that worked on it.
struct Blamed {
  std::string url;
  int tries = 0;          // this one included
  bool given_up = false;  // it has failed now
};

struct CrawlOptions {
  std::string link_regex = "$^";  // RE2, searched in a canonical URL
  std::int64_t max_depth = 5;     // hops from a seed
  bool same_site = true;          // links only within the registrable domain of the page
  std::int64_t max_urls_per_host = 100'000;
  std::optional<std::int64_t> delay_ms;  // between two requests to one host; none: the daemon's

  bool operator==(const CrawlOptions&) const = default;
};

/// What a caller wants changed of a crawl's options.
struct CrawlPatch {
  std::optional<std::string> link_regex;
  std::optional<std::int64_t> max_depth;
  std::optional<bool> same_site;
  std::optional<std::int64_t> max_urls_per_host;
  std::optional<std::int64_t> delay_ms;
};

struct Counters {
  std::int64_t total = 0, pending = 0, fetched = 0, failed = 0, disallowed = 0, skipped = 0;  // URLs; total = sum
  std::int64_t bytes = 0;                                                                     // of bodies
};

/// How many links a rule has kept out, by the name of the rule (docs/URLS.md, "Traps"). A link that is on many pages
/// counts with each of them.
using CutCounts = std::map<std::string, std::int64_t, std::less<>>;

struct Crawl {
  CrawlId id = 0;
  std::string name;
  bool paused = false;
  WallMs created_at = 0;
  CrawlOptions options;
  Counters counters;
  std::int64_t retrying = 0;   // failures that a retry is still to take back; part of pending, no longer of failed
  CutCounts cut;               // rules that have cut something
  std::int64_t in_flight = 0;  // URLs handed out in visits that are not recorded yet; part of pending

  /// "running", "paused" or "done".
  std::string_view state() const { return paused ? "paused" : counters.pending == 0 ? "done" : "running"; }
};

struct AddSummary {
  std::int64_t added = 0, duplicate = 0;
};

/// What is kept of a host's robots.txt.
struct RobotsRecord {
  int status = 0;     // HTTP status of the last answer; 0: none came
  std::string rules;  // robots::Rules::serialize(); empty: everything is allowed
  std::int64_t crawl_delay_ms = 0;
  ScheduleMs fetched_at = 0;         // of the rules
  ScheduleMs expires_at = 0;         // to be asked again from then on
  ScheduleMs unreachable_since = 0;  // 0: it answered the last time
  int failures = 0;                  // how often in a row it has not
};

/// How a host has answered lately; a default one: well, as far as is known.
struct HostPace {
  int failures = 0;            // visits in a row that a failure which may pass has ended
  std::int64_t answer_ms = 0;  // what its answers take, smoothed; 0: not measured

  bool operator==(const HostPace&) const = default;
};

/// What a host has done lately, which is what a visit may expect of it.
enum class Standing : std::uint8_t {
  kAnswered,  // its last visit has not failed
  kUntried,   // there was none
  kFailed,    // a failure that may pass, or the want of room for silent hosts, has ended its last visit
};

/// How many visits are wanted, and of what hosts.
struct Seats {
  /// `hosts` of any standing.
  static Seats of(std::size_t hosts) { return {hosts, hosts, hosts}; }

  std::size_t all = 0;
  std::size_t unproven = 0;  // of these, at most so many of hosts that have not answered, failed or untried
  std::size_t failed = 0;    // of these, at most so many of hosts that have failed
};

/// A URL of a visit.
struct VisitUrl {
  Rank rank = 0;
  std::string target;  // path and query, begins with '/'
  std::int64_t depth = 0;
  int attempts = 0;                     // failed tries so far
  int redirects = 0;                    // redirects between hosts that led here
  Rank site = 0;                        // of MovedSites; 0: its site is that of its own host
  std::vector<std::string> site_hosts;  // of that site; empty: its own host
};

/// The unit of work: a leased host and its next URLs. Nobody else touches the host until its report is recorded.
struct Visit {
  CrawlId crawl = 0;
  HostId host = 0;
  std::string origin;                  // "http://example.com"
  std::optional<RobotsRecord> robots;  // none: never asked
  HostPace pace;
  Standing standing = Standing::kUntried;
  std::vector<VisitUrl> urls;  // at least one, in rank order
};

/// How a URL ended: a row of the `results` view.
struct Outcome {
  UrlState state = UrlState::kFetched;
  int status = 0;            // the final HTTP status; 0: none
  std::string error;         // one of docs/ERRORS.md; empty: none
  std::string content_type;  // essence, "text/html"
  std::string encoding;      // WHATWG name, "utf-8"
  std::int64_t bytes = 0;    // decoded body
  bool truncated = false;
  std::string title;
  std::string redirect_to;  // the last URL of a redirect that was followed or handed on
  std::string remote_ip;
  std::string http_version;  // "1.0", "1.1", "2"
  std::int64_t elapsed_ms = 0;
  WallMs fetched_at = 0;
};

/// To which site a URL belongs that another one names.
enum class Site : std::uint8_t {
  kSame,  // that of the URL that names it
  kOwn,   // that of its own host, whatever names it
  kLeft,  // it is where a redirect out of the registrable domain leads: see MovedSites
};

/// A URL found in a page or named by a redirect to another host.
struct FoundUrl {
  url::Url url;
  std::int64_t depth = 0;
  int redirects = 0;
  bool redirected = false;  // by a redirect: not subject to max_urls_per_host and max_hosts_per_site
  Site site = Site::kSame;
};

/// What became of one URL of a visit. Without an outcome it stays pending, one try further.
struct UrlReport {
  VisitUrl url;
  std::optional<Outcome> outcome;
  std::vector<FoundUrl> found;
  std::vector<std::string> aliases;  // targets within the host that redirects of this URL led through
  CutCounts cut;                     // links of it that are not in `found`
};

/// What became of a visit, or of the part of it that has ended since its last report. URLs of the visit that are not
/// reported stay pending as they were.
struct VisitReport {
  CrawlId crawl = 0;
  HostId host = 0;
  std::string origin;  // as in the visit
  std::vector<UrlReport> urls;
  std::optional<RobotsRecord> robots;  // set: asked in this visit
  std::optional<HostPace> pace;        // set: it has changed
  bool released = true;                // the visit is over; else its host stays leased, and another report follows
  bool failing = false;                // released: its host waits among those that have failed
  ScheduleMs ready_at = 0;             // released: the host is left alone until then
};

enum class RemovalProgress { kMore, kWaiting, kDone };

/// What a crawl knows of a URL: whether a redirect within a host may be followed in the visit.
enum class Seen { kNo, kPending, kDone };

}  // namespace wswp::frontier
