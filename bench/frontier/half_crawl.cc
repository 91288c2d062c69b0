// Leaves a crawl as a kill in the middle would: claims and records its URLs through the frontier, in the order of the
// list, until so many are done, and leaves further hosts leased. For bench/resume; no daemon may run on the database.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/clock.h"
#include "frontier/sqlite_frontier.h"
#include "made_up_web.h"

namespace wswp::bench {
namespace {

constexpr std::int64_t kGroup = 1000;           // hosts
constexpr std::int64_t kDelayMs = 5000;         // until a host may be asked again
constexpr std::int64_t kRobotsMs = 86'400'000;  // for which robots rules hold

struct Options {
  std::string database;
  std::int64_t done = 0, leased = 0;
};

/// All of the visit was fetched, and the host has a robots.txt.
frontier::VisitReport report_of(const frontier::Visit& visit, const Clock& clock) {
  const ScheduleMs now = clock.schedule_ms();
  frontier::VisitReport report{.crawl = visit.crawl, .host = visit.host, .origin = visit.origin};
  report.robots = frontier::RobotsRecord{.status = 200,
                                         .rules = "-/wp-admin/\n+/wp-admin/admin-ajax.php\n",
                                         .fetched_at = now,
                                         .expires_at = now + kRobotsMs};
  report.ready_at = now + kDelayMs;
  for (const frontier::VisitUrl& url : visit.urls) {
    const auto index = static_cast<std::uint64_t>(url.rank);
    report.urls.push_back({.url = url, .outcome = page_outcome(index, clock.wall_ms()), .found = {}, .aliases = {}});
  }
  return report;
}

void run(const Options& options) {
  const auto frontier = frontier::open_frontier(options.database);
  const SystemClock clock(frontier->settle_time(boot_now(), SystemClock().wall_ms()));
  const auto claim = [&](std::int64_t hosts) {
    auto visits = frontier->claim(0, static_cast<std::size_t>(std::min(hosts, kGroup)), clock.schedule_ms());
    if (visits.empty()) throw std::runtime_error("the crawl has too few hosts");
    return visits;
  };
  for (std::int64_t done = 0; done < options.done;) {
    std::vector<frontier::VisitReport> reports;
    for (const frontier::Visit& visit : claim(options.done - done)) {
      reports.push_back(report_of(visit, clock));
      done += static_cast<std::int64_t>(visit.urls.size());
    }
    frontier->record(reports, clock.schedule_ms());
  }
  for (std::int64_t leased = 0; leased < options.leased;)
    leased += static_cast<std::int64_t>(claim(options.leased - leased).size());
}

}  // namespace
}  // namespace wswp::bench

int main(int argc, char** argv) {
  CLI::App app("Does half of a crawl without a daemon.");
  wswp::bench::Options options;
  app.add_option("--database", options.database, "Filled by a daemon that has ended")->required();
  app.add_option("--done", options.done, "URLs to be recorded as fetched")->check(CLI::NonNegativeNumber);
  app.add_option("--leased", options.leased, "Hosts to be left leased")->check(CLI::NonNegativeNumber);
  CLI11_PARSE(app, argc, argv);
  try {
    wswp::bench::run(options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_half_crawl: {}\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
