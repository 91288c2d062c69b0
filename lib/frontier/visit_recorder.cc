#include "frontier/visit_recorder.h"

#include "frontier/column_text.h"

namespace wswp::frontier {
namespace {

/// Rules of the frontier, as CutCounts names them.
constexpr const char* kTooManyUrls = "too_many_urls";    // max_urls_per_host
constexpr const char* kTooManyHosts = "too_many_hosts";  // max_hosts_per_site

/// How often a URL was tried in the end: an outcome without a request is no try.
int tries(int before, const Outcome& outcome) {
  return outcome.state == UrlState::kDisallowed ? before : before + 1;
}

/// The number of the site of a URL that `from` names.
Rank site_of(const VisitUrl& from, const FoundUrl& found) {
  if (found.site == Site::kOwn) return 0;
  return found.site == Site::kLeft ? MovedSites::number_of(from) : from.site;
}

/// What there is nothing of is null in the database.
std::optional<std::string_view> or_null(const ColumnText& text) {
  return text.view().empty() ? std::nullopt : std::optional(text.view());
}
std::optional<std::int64_t> or_null(std::int64_t number) {
  return number == 0 ? std::nullopt : std::optional(number);
}

}  // namespace

VisitRecorder::VisitRecorder(store::Database& database, CrawlTable& crawls, HostDirectory& hosts, HostStates& states,
                             HostQueue& queue, UrlTable& urls, SiteTable& sites, MovedSites& moved)
    : crawls_(crawls),
      hosts_(hosts),
      states_(states),
      queue_(queue),
      urls_(urls),
      sites_(sites),
      moved_(moved),
      insert_outcome_(database,
                      "insert into outcome (crawl_id, rank, host_id, target, state, status, error, content_type, "
                      "encoding, bytes, truncated, title, redirect_to, depth, attempts, remote_ip, http_version, "
                      "elapsed_ms, fetched_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

void VisitRecorder::record(std::span<const VisitReport> reports, ScheduleMs now) {
  counted_crawl_ = 0;
  std::map<CrawlId, CrawlTally> tallies;
  for (const VisitReport& report : reports) record_visit(report, tally_of(tallies, report.crawl), now);
  for (const auto& [crawl, tally] : tallies) {
    if (tally.ranks_used > 0) crawls_.take_ranks(crawl, tally.ranks_used);
    crawls_.apply(crawl, tally.change);
    crawls_.add_cut(crawl, tally.cut);
  }
}

VisitRecorder::CrawlTally& VisitRecorder::tally_of(std::map<CrawlId, CrawlTally>& tallies, CrawlId crawl) {
  const auto [it, inserted] = tallies.try_emplace(crawl);
  if (inserted) {
    it->second.next_rank = crawls_.next_rank(crawl);
    const std::optional<CrawlOptions> options = crawls_.options(crawl);
    it->second.crawl_stays = options.has_value();
    if (options) it->second.max_urls_per_host = options->max_urls_per_host;
  }
  return it->second;
}

void VisitRecorder::record_visit(const VisitReport& report, CrawlTally& tally, ScheduleMs now) {
  std::int64_t ended = 0;
  for (const UrlReport& url : report.urls) {
    const std::int64_t ended_with_it = record_url(report, url, tally);
    ended += ended_with_it;
    if (!tally.crawl_stays) continue;
    if (ended_with_it > 0) {
      for (const auto& [rule, links] : url.cut) tally.cut[rule] += links;
    }
    for (const FoundUrl& found : url.found) add_found(report, url, found, tally, now);
  }
  const ScheduleMs ready_at = report.released ? report.ready_at : now;
  if (report.robots) states_.put_robots(report.host, *report.robots, ready_at);
  if (report.pace) states_.put_pace(report.host, *report.pace, ready_at);
  if (report.released) {
    if (!report.robots && !report.pace) states_.rest(report.host, ready_at);
    queue_.release(report.crawl, report.host, ended, report.ready_at, report.failing);
  } else {
    queue_.progress(report.crawl, report.host, ended);
  }
}

std::int64_t VisitRecorder::record_url(const VisitReport& report, const UrlReport& url, CrawlTally& tally) {
  if (!url.outcome) {
    urls_.tried(report.crawl, report.host, url.url.rank);
    return 0;
  }
  if (!urls_.end(report.crawl, report.host, url.url.rank)) return 0;
  insert_outcome(report, url.url.target, url.url.rank, url.url.depth, tries(url.url.attempts, *url.outcome),
                 *url.outcome);
  tally.change.ended(*url.outcome);
  std::int64_t ended = 1;
  for (const std::string& target : url.aliases) ended += record_alias(report, url, target, tally);
  return ended;
}

std::int64_t VisitRecorder::record_alias(const VisitReport& report, const UrlReport& url, const std::string& text,
                                         CrawlTally& tally) {
  const ColumnText column(text, column::kUrl);
  const std::string_view target = column.view();
  const NewUrl alias{.crawl = report.crawl,
                     .host = report.host,
                     .target = target,
                     .rank = tally.next_rank + tally.ranks_used,
                     .depth = url.url.depth,
                     .redirects = url.url.redirects,
                     .from = url.url.rank};
  if (urls_.add_alias(alias)) {
    ++tally.ranks_used;
    return 0;
  }
  const std::optional<UrlTable::Known> known = urls_.find(report.crawl, report.host, target);
  if (!known || !urls_.end(report.crawl, report.host, known->rank)) return 0;
  insert_outcome(report, target, known->rank, known->depth, tries(known->attempts, *url.outcome), *url.outcome);
  tally.change.ended(*url.outcome);
  return 1;
}

void VisitRecorder::add_found(const VisitReport& report, const UrlReport& url, const FoundUrl& found, CrawlTally& tally,
                              ScheduleMs now) {
  const std::optional<HostId> known =
      found.url.origin() == report.origin ? std::optional(report.host) : hosts_.find(found.url.origin());
  if (!found.redirected && !admit(report, found, known, tally)) return;
  const HostId host = known ? *known : hosts_.add(found.url.origin(), now);
  const NewUrl added{.crawl = report.crawl,
                     .host = host,
                     .target = found.url.target(),
                     .rank = tally.next_rank + tally.ranks_used,
                     .depth = found.depth,
                     .redirects = found.redirects,
                     .from = url.url.rank,
                     .site = site_of(url.url, found)};
  std::int64_t& count = count_of(report.crawl, host);  // as it is before
  if (!urls_.add(added)) return;
  if (found.site == Site::kLeft) moved_.add_redirect(report.crawl, report.host, url.url, host);
  ++tally.ranks_used;
  ++tally.change.total;
  ++tally.change.pending;
  ++count;
}

bool VisitRecorder::admit(const VisitReport& report, const FoundUrl& found, std::optional<HostId> host,
                          CrawlTally& tally) {
  const std::int64_t count = host ? count_of(report.crawl, *host) : 0;
  if (count == 0) {
    if (sites_.admit(report.crawl, found.url)) return true;
    ++tally.cut[kTooManyHosts];
    return false;
  }
  if (count < tally.max_urls_per_host) return true;
  ++tally.cut[kTooManyUrls];
  return false;
}

std::int64_t& VisitRecorder::count_of(CrawlId crawl, HostId host) {
  if (crawl != counted_crawl_ || host != counted_host_) {
    counted_crawl_ = crawl;
    counted_host_ = host;
    count_ = queue_.total(crawl, host);
  }
  return count_;
}

void VisitRecorder::insert_outcome(const VisitReport& report, std::string_view target, Rank rank, std::int64_t depth,
                                   int attempts, const Outcome& outcome) {
  const ColumnText error(outcome.error, column::kError);
  const ColumnText content_type(outcome.content_type, column::kContentType);
  const ColumnText encoding(outcome.encoding, column::kEncoding);
  const ColumnText title(outcome.title, column::kTitle);
  const ColumnText redirect_to(outcome.redirect_to, column::kUrl);
  const ColumnText remote_ip(outcome.remote_ip, column::kAddress);
  const ColumnText http_version(outcome.http_version, column::kHttpVersion);
  insert_outcome_.run(report.crawl, rank, report.host, target, static_cast<int>(outcome.state), or_null(outcome.status),
                      or_null(error), or_null(content_type), or_null(encoding), outcome.bytes, outcome.truncated,
                      or_null(title), or_null(redirect_to), depth, attempts, or_null(remote_ip), or_null(http_version),
                      outcome.elapsed_ms, outcome.fetched_at);
}

}  // namespace wswp::frontier
