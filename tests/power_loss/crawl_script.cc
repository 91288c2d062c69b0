#include "crawl_script.h"

#include <sqlite3.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "frontier/guarded.h"
#include "inspection.h"
#include "store/migrate.h"

namespace wswp::power {
namespace {

using frontier::Outcome;
using frontier::UrlState;

constexpr std::int64_t kDelayMs = 1000;

/// The first connection that was opened since this was null: a frontier does not show its own.
sqlite3* first_opened = nullptr;

int note_opened(sqlite3* handle, char** /*error*/, const void* /*api*/) {
  if (first_opened == nullptr) first_opened = handle;
  return SQLITE_OK;
}

void note_connections() {
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(note_opened));  // once, however often it is called
}

}  // namespace

CrawlScript::Worker CrawlScript::connect() {
  constexpr int kCacheKib[] = {8, 64, 1024};
  note_connections();
  first_opened = nullptr;
  Worker worker;
  worker.frontier = frontier::open_frontier(
      path_, {.default_delay_ms = kDelayMs, .cache_kib = kCacheKib[dice_.below(std::size(kCacheKib))]});
  worker.handle = first_opened;
  sqlite3_wal_autocheckpoint(worker.handle, static_cast<int>(dice_.between(4, 200)));
  if (dice_.percent(50)) sqlite3_exec(worker.handle, "pragma journal_size_limit = 20000", nullptr, nullptr, nullptr);
  if (options_.never_sync) sqlite3_exec(worker.handle, "pragma synchronous = off", nullptr, nullptr, nullptr);
  return worker;
}

void CrawlScript::start(std::size_t most_workers) {
  const Result<> migrated = frontier::guarded([&] { return store::migrate(path_); });
  if (!migrated) {
    throw frontier::Unavailable(Obstacle::kIoError, migrated.message());
  }
  workers_.push_back(connect());
  offset_ = workers_.front().frontier->settle_time({.boot = boot_, .since_ms = up_ms_}, wall_at_boot_ + up_ms_);
  workers_.front().frontier->reclaim(std::nullopt, now());
  if (dice_.percent(50)) stop();  // as the daemon does: that connection was only for this, and its end cuts the log
  const std::size_t workers = dice_.between(1, most_workers);
  while (workers_.size() < workers) workers_.push_back(connect());
}

void CrawlScript::stop() {
  while (!workers_.empty())
    workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(dice_.below(workers_.size())));
}

void CrawlScript::restart() {
  stop();
  start(3);
}

void CrawlScript::step() {
  up_ms_ += static_cast<std::int64_t>(dice_.below(2 * kDelayMs));
  const std::size_t choice = dice_.below(100);
  if (choice < 20) {
    add();
  } else if (choice < 45) {
    claim();
  } else if (choice < 80) {
    record();
  } else if (choice < 85) {
    replace_worker();
  } else if (choice < 90) {
    checkpoint();
  } else if (choice < 96) {
    change_mind();
  } else if (choice < 98) {
    any().note_time(now(), wall_at_boot_ + up_ms_);
  } else {
    restart();
  }
}

url::Url CrawlScript::url() {
  const std::string text = fmt::format("http://h{}.test/{}", dice_.below(12), dice_.below(8));
  return url::parse(text).value();
}

void CrawlScript::add() {
  frontier::Frontier& frontier = any();
  const Result<frontier::Crawl> crawl = frontier.open_crawl(crawl_name(), {}, {.max_urls_per_host = 6}, now());
  frontier::SeedList seeds;
  for (std::size_t left = dice_.between(1, 10); left > 0; --left) seeds.add(url());
  frontier::AddSummary summary;
  frontier.add(crawl->id, seeds, now(), summary);
}

void CrawlScript::claim() {
  const std::size_t owner = dice_.below(workers_.size());
  Worker& worker = workers_[owner];
  std::vector<frontier::Visit> visits =
      worker.frontier->claim(static_cast<frontier::Owner>(owner), dice_.between(1, 8), now());
  std::move(visits.begin(), visits.end(), std::back_inserter(worker.visits));
}

void CrawlScript::record() {
  Worker& worker = workers_[dice_.below(workers_.size())];
  std::vector<frontier::VisitReport> reports;
  for (std::size_t left = dice_.between(1, 6); left > 0 && !worker.visits.empty(); --left) {
    reports.push_back(report(worker.visits.back()));
    if (reports.back().released) worker.visits.pop_back();
  }
  worker.frontier->record(reports, now());
}

frontier::VisitReport CrawlScript::report(frontier::Visit& visit) {
  frontier::VisitReport result{
      .crawl = visit.crawl, .host = visit.host, .origin = visit.origin, .ready_at = now() + kDelayMs};
  if (visit.urls.size() > 1 && dice_.percent(30)) {
    result.released = false;
    result.urls.push_back(report(visit.urls.front()));
    visit.urls.erase(visit.urls.begin());
    return result;
  }
  if (dice_.percent(30)) {
    result.robots = frontier::RobotsRecord{.status = 200, .rules = text(600), .fetched_at = now(), .expires_at = now()};
  }
  for (const frontier::VisitUrl& url : visit.urls) {
    if (!dice_.percent(10)) result.urls.push_back(report(url));  // else it was not reached
  }
  return result;
}

frontier::UrlReport CrawlScript::report(const frontier::VisitUrl& url) {
  constexpr UrlState kStates[] = {UrlState::kFetched, UrlState::kFetched, UrlState::kFetched, UrlState::kFailed,
                                  UrlState::kDisallowed};
  frontier::UrlReport result{.url = url, .outcome = {}, .found = {}, .aliases = {}};
  if (dice_.percent(15)) return result;  // to be tried again
  result.outcome = Outcome{.state = kStates[dice_.below(std::size(kStates))],
                           .bytes = static_cast<std::int64_t>(dice_.below(100'000)),
                           .title = text(dice_.percent(5) ? 9000 : 200),
                           .fetched_at = now()};
  if (result.outcome->state == UrlState::kFailed) result.outcome->error = "dns";
  for (std::size_t left = dice_.below(4); left > 0; --left) {
    const bool redirected = dice_.percent(10);
    result.found.push_back({.url = this->url(),
                            .depth = url.depth + (redirected ? 0 : 1),
                            .redirects = redirected ? url.redirects + 1 : 0,
                            .redirected = redirected,
                            .site = redirected ? frontier::Site::kLeft : frontier::Site::kSame});
  }
  if (dice_.percent(10)) result.aliases.push_back(fmt::format("/{}", dice_.below(16)));
  return result;
}

void CrawlScript::replace_worker() {
  const std::size_t owner = dice_.below(workers_.size());
  const std::vector<frontier::Visit> visits = std::move(workers_[owner].visits);
  workers_[owner] = Worker{};  // it died, or was asked to go
  workers_[owner] = connect();
  frontier::Frontier& frontier = *workers_[owner].frontier;
  if (!visits.empty() && dice_.percent(50)) {
    const frontier::Visit& last = visits.back();
    frontier.blame({.crawl = last.crawl, .host = last.host, .rank = last.urls.front().rank}, now(), now());
  }
  frontier.reclaim(static_cast<frontier::Owner>(owner), now());
}

void CrawlScript::checkpoint() {
  constexpr int kModes[] = {SQLITE_CHECKPOINT_PASSIVE, SQLITE_CHECKPOINT_FULL, SQLITE_CHECKPOINT_RESTART,
                            SQLITE_CHECKPOINT_TRUNCATE};
  sqlite3_wal_checkpoint_v2(workers_[dice_.below(workers_.size())].handle, nullptr, kModes[dice_.below(4)], nullptr,
                            nullptr);
}

void CrawlScript::change_mind() {
  frontier::Frontier& frontier = any();
  const std::string name = crawl_name();
  switch (dice_.below(4)) {
    case 0:
      frontier.set_paused(name, dice_.percent(50));
      return;
    case 1:
      frontier.begin_retry(name);
      return;
    case 2:
      if (dice_.percent(30)) frontier.begin_removal(name);
      return;
    default:
      for (const frontier::CrawlId crawl : frontier.unfinished_removals()) frontier.remove_step(crawl);
      for (const frontier::CrawlId crawl : frontier.unfinished_retries()) frontier.retry_step(crawl);
      return;
  }
}

std::string CrawlScript::finish() {
  frontier::Frontier& frontier = *workers_.front().frontier;
  store::Database database(path_, store::Mode::kReadOnly, 1024);
  store::Statement ended(database, "select 1 from outcome where crawl_id = ? and rank = ?");
  for (const char* name : {"a", "b"}) frontier.set_paused(name, false);
  for (const frontier::CrawlId crawl : frontier.unfinished_retries()) {
    while (frontier.retry_step(crawl)) {
    }
  }
  for (const frontier::CrawlId crawl : frontier.unfinished_removals()) {
    while (frontier.remove_step(crawl) == frontier::RemovalProgress::kMore) {
    }
  }
  for (int turns = 0; const std::optional<WallMs> ready = frontier.next_ready(); ++turns) {
    if (turns == 1000) return "the crawl does not come to an end";
    up_ms_ = std::max(up_ms_, *ready - offset_);
    std::vector<frontier::VisitReport> reports;
    for (const frontier::Visit& visit : frontier.claim(0, 100, now())) {
      frontier::VisitReport& report = reports.emplace_back(
          frontier::VisitReport{.crawl = visit.crawl, .host = visit.host, .origin = visit.origin, .ready_at = now()});
      for (const frontier::VisitUrl& url : visit.urls) {
        if (ended.bind(visit.crawl, url.rank).step()) return "a URL that has an outcome was handed out again";
        report.urls.push_back({.url = url, .outcome = Outcome{.fetched_at = now()}, .found = {}, .aliases = {}});
      }
    }
    frontier.record(reports, now());
  }
  Inspector inspector(path_, store::Mode::kReadOnly);
  if (inspector.number("select coalesce(sum(pending), 0) from crawl where removed = 0") > 0)
    return "pending URLs are left over";
  return inspector.number("select count(*) from crawl where removed = 1") > 0 ? "a removal is left over" : "";
}

}  // namespace wswp::power
