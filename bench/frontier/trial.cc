#include "trial.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "frontier/sqlite_frontier.h"
#include "lock_watch.h"
#include "made_up_web.h"
#include "store/database.h"
#include "store/migrate.h"

namespace wswp::bench {
namespace {

constexpr std::uint64_t kMore = 100'000;
constexpr std::size_t kGroup = 100;  // hosts
constexpr std::size_t kGroupsInFlight = 10;
constexpr int kGroupsPerRepetition = 80;
constexpr int kRepetitions = 5;
constexpr WallMs kStart = 1'790'000'000'000;
constexpr std::int64_t kRestMs = 3'600'000;  // no host is visited twice

struct GroupCost {
  Spent claim, record;
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Spent median(const std::vector<Spent>& values) {
  std::vector<double> cpu, wall;
  for (const Spent& value : values) {
    cpu.push_back(value.cpu_us);
    wall.push_back(value.wall_us);
  }
  return {.cpu_us = median(cpu), .wall_us = median(wall)};
}

Held held(const LockWatch& watch) {
  const std::vector<double> ms = watch.held_ms();
  return {.median = ms[ms.size() / 2], .p99 = ms[ms.size() * 99 / 100], .most = ms.back()};
}

/// The frontier under test, through two connections as in the daemon: one that adds, one that crawls.
class Trial {
 public:
  explicit Trial(const std::string& path)
      : path_(path), adder_(open(path)), worker_(open(path)), aside_(path, store::Mode::kReadWrite, 64) {
    const Result<frontier::Crawl> crawl = adder_->open_crawl("default", {}, {}, now_);
    if (!crawl) throw std::runtime_error(crawl.message());
    crawl_ = crawl->id;
  }

  /// Adds the next `count` hosts of the list; the cost of one. The checkpoint of what it wrote is counted: otherwise
  /// small lists would leave it to whoever comes next.
  Spent add(std::uint64_t count) {
    frontier::SeedList pages;
    for (const url::Url& page : home_pages(hosts_, count)) pages.add(page);
    hosts_ += count;
    frontier::AddSummary summary;
    checkpoint();
    const Stopwatch watch;
    adder_->add(crawl_, pages, now_, summary);
    checkpoint();
    const Spent spent = watch.spent();
    if (summary.added != static_cast<std::int64_t>(count)) throw std::logic_error("a host was not added");
    return spent / static_cast<double>(count);
  }

  Spent fill(std::uint64_t urls, std::uint64_t chunk) {
    Spent last;
    while (hosts_ < urls) {
      last = add(std::min(chunk, urls - hosts_));
      fmt::print(stderr, "\r{:>12} URLs, {:.1f} µs each ", hosts_, last.wall_us);
    }
    fmt::print(stderr, "\n");
    return last;
  }

  /// Visits `groups` groups of hosts while further ones are in flight; the costs of one host.
  GroupCost crawl(int groups, bool with_links) {
    GroupCost cost;
    for (int i = 0; i < groups; ++i) {
      cost.claim += claim();
      if (in_flight_.size() > kGroupsInFlight) cost.record += record(with_links);
    }
    const double hosts = static_cast<double>(groups) * kGroup;
    return {.claim = cost.claim / hosts, .record = cost.record / hosts};
  }

  /// The costs of one host, the median of several repetitions, after one that is not counted.
  GroupCost crawl_repeatedly(bool with_links) {
    while (in_flight_.size() < kGroupsInFlight) claim();
    std::vector<Spent> claims, records;
    for (int i = 0; i < kRepetitions; ++i) {
      const GroupCost cost = crawl(kGroupsPerRepetition, with_links);
      claims.push_back(cost.claim);
      records.push_back(cost.record);
    }
    return {.claim = median(claims), .record = median(records)};
  }

  double bytes_per_url() {
    checkpoint();
    return static_cast<double>(std::filesystem::file_size(path_)) / static_cast<double>(hosts_);
  }

  Spent claim() {
    now_ += 10;
    const Stopwatch watch;
    std::vector<frontier::Visit> visits = worker_->claim(0, kGroup, now_);
    const Spent spent = watch.spent();
    if (visits.size() != kGroup) throw std::logic_error("too few hosts were claimed");
    in_flight_.push_back(std::move(visits));
    return spent;
  }

  Spent record(bool with_links) {
    std::vector<frontier::VisitReport> reports;
    for (const frontier::Visit& visit : in_flight_.front()) reports.push_back(report(visit, with_links));
    in_flight_.pop_front();
    const Stopwatch watch;
    worker_->record(reports, now_);
    return watch.spent();
  }

 private:
  void checkpoint() { aside_.execute("pragma wal_checkpoint"); }

  static std::unique_ptr<frontier::Frontier> open(const std::string& path) {
    if (const Result<> done = store::migrate(path); !done) throw std::runtime_error(done.message());
    return frontier::open_frontier(path);
  }

  frontier::VisitReport report(const frontier::Visit& visit, bool with_links) const {
    const auto seed = static_cast<std::uint64_t>(visit.host);
    frontier::VisitReport report{.crawl = visit.crawl, .host = visit.host, .origin = visit.origin};
    report.robots =
        frontier::RobotsRecord{.status = 200,
                               .rules = mixed(seed) % 2 == 0 ? "" : "-/wp-admin/\n+/wp-admin/admin-ajax.php\n",
                               .fetched_at = now_,
                               .expires_at = now_ + 24 * kRestMs};
    report.ready_at = now_ + kRestMs;
    for (const frontier::VisitUrl& url : visit.urls) {
      frontier::UrlReport& done = report.urls.emplace_back();
      done.url = url;
      done.outcome = page_outcome(seed, now_);
      if (with_links) done.found = page_links(visit.origin, seed, hosts_);
    }
    return report;
  }

  std::string path_;
  WallMs now_ = kStart;
  std::unique_ptr<frontier::Frontier> adder_, worker_;
  store::Database aside_;  // for checkpoints
  frontier::CrawlId crawl_ = 0;
  std::uint64_t hosts_ = 0;
  std::deque<std::vector<frontier::Visit>> in_flight_;
};

}  // namespace

Figures run_trial(const std::string& path, const TrialOptions& options) {
  Trial trial(path);
  Figures figures;
  figures.add = trial.fill(options.urls, options.chunk);
  figures.bytes_per_url = trial.bytes_per_url();
  figures.add_more = trial.add(kMore);
  const GroupCost plain = trial.crawl_repeatedly(false);
  figures.claim = plain.claim;
  figures.record = plain.record;
  figures.record_links = trial.crawl_repeatedly(true).record;
  {
    const LockWatch watch;
    trial.add(options.chunk);
    figures.add_held = held(watch);
  }
  {
    const LockWatch watch;
    for (std::size_t i = 0; i < kGroupsInFlight; ++i) trial.claim();
    figures.claim_held = held(watch);
  }
  const LockWatch watch;
  for (std::size_t i = 0; i < kGroupsInFlight; ++i) trial.record(true);
  figures.record_held = held(watch);
  return figures;
}

}  // namespace wswp::bench
