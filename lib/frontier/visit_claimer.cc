#include "frontier/visit_claimer.h"

#include <algorithm>

namespace wswp::frontier {
namespace {

/// How long a host is put off that another crawl's visit holds at the moment.
constexpr std::int64_t kBusyHostDelayMs = 500;
/// A host that cannot be reached ends the URLs of a visit together: with so many in each, it does not hold up the end
/// of a crawl by resting between all of them.
constexpr std::size_t kUrlsOfFailingHost = 64;

}  // namespace

std::size_t urls_per_visit(std::int64_t delay_ms) {
  constexpr std::int64_t kVisitMs = 2000;
  constexpr std::int64_t kMost = 8;
  return static_cast<std::size_t>(delay_ms <= 0 ? kMost : std::clamp<std::int64_t>(kVisitMs / delay_ms, 1, kMost));
}

VisitClaimer::VisitClaimer(store::Database& database, CrawlTable& crawls, HostDirectory& hosts,
                           std::int64_t default_delay_ms)
    : database_(database),
      crawls_(crawls),
      hosts_(hosts),
      paces_(database),
      default_delay_ms_(default_delay_ms),
      waited_(database,
              "select host_id from crawl_host indexed by queue where crawl_id = ? and ready_at > 0 and ready_at <= ? "
              "and pending > 0 and owner < 0 order by ready_at, rank limit ?"),
      new_(database,
           "select host_id from crawl_host indexed by queue where crawl_id = ? and ready_at = 0 "
           "and pending > 0 and owner < 0 order by rank limit ?"),
      urls_(database,
            "select rank, target, depth, attempts, redirects from url indexed by url_pending "
            "where host_id = ? and crawl_id = ? and state = 2 order by rank limit ?"),
      robots_(database,
              "select status, rules, crawl_delay_ms, fetched_at, expires_at, unreachable_since, failures from robots "
              "where host_id = ?"),
      lease_(database, "update crawl_host set owner = ?, claimed = ? where host_id = ? and crawl_id = ?"),
      put_off_(database, "update crawl_host set ready_at = ? where host_id = ? and crawl_id = ?"),
      leased_elsewhere_(database,
                        "select 1 from crawl_host where host_id = ? and crawl_id <> ? and owner >= 0 limit 1"),
      earliest_(database,
                "select ready_at from crawl_host indexed by queue where crawl_id = ? and pending > 0 and owner < 0 "
                "order by ready_at limit 1") {}

std::vector<HostId> VisitClaimer::due_hosts(CrawlId crawl, std::size_t most, ScheduleMs now) {
  std::vector<HostId> hosts;
  waited_.bind(crawl, now, static_cast<std::int64_t>(most));
  while (waited_.step()) hosts.push_back(waited_.integer(0));
  if (hosts.size() < most) {
    new_.bind(crawl, static_cast<std::int64_t>(most - hosts.size()));
    while (new_.step()) hosts.push_back(new_.integer(0));
  }
  return hosts;
}

bool VisitClaimer::lease(const CrawlTable::Running& crawl, HostId host, Owner owner, ScheduleMs now, Visit& visit) {
  ScheduleMs ready_at = 0;
  if (!hosts_.read(host, visit.origin, ready_at)) throw std::logic_error("frontier: a queued host has no row");
  if (ready_at > now) {
    put_off_.run(ready_at, host, crawl.id);
    return false;
  }
  leased_elsewhere_.bind(host, crawl.id);
  const bool busy = leased_elsewhere_.step();
  leased_elsewhere_.reset();
  if (busy) {
    put_off_.run(now + kBusyHostDelayMs, host, crawl.id);
    return false;
  }
  visit.crawl = crawl.id;
  visit.host = host;
  visit.robots = robots_of(host);
  visit.pace = paces_.of(host);
  const std::int64_t asked_ms = visit.robots ? visit.robots->crawl_delay_ms : 0;
  const std::size_t most = urls_per_visit(std::max(crawl.delay_ms, asked_ms));
  visit.urls = next_urls(crawl.id, host, visit.pace.failures > 0 ? std::max(most, kUrlsOfFailingHost) : most);
  lease_.run(owner, static_cast<std::int64_t>(visit.urls.size()), host, crawl.id);
  return true;
}

std::vector<VisitUrl> VisitClaimer::next_urls(CrawlId crawl, HostId host, std::size_t most) {
  std::vector<VisitUrl> urls;
  urls_.bind(host, crawl, static_cast<std::int64_t>(most));
  while (urls_.step()) {
    urls.push_back({.rank = urls_.integer(0),
                    .target = std::string(urls_.text(1)),
                    .depth = urls_.integer(2),
                    .attempts = static_cast<int>(urls_.integer(3)),
                    .redirects = static_cast<int>(urls_.integer(4))});
  }
  return urls;
}

std::optional<RobotsRecord> VisitClaimer::robots_of(HostId host) {
  robots_.bind(host);
  if (!robots_.step()) return std::nullopt;
  RobotsRecord record{.status = static_cast<int>(robots_.integer(0)),
                      .rules = std::string(robots_.text(1)),
                      .crawl_delay_ms = robots_.integer(2),
                      .fetched_at = robots_.integer(3),
                      .expires_at = robots_.integer(4),
                      .unreachable_since = robots_.integer(5),
                      .failures = static_cast<int>(robots_.integer(6))};
  robots_.reset();
  return record;
}

std::vector<Visit> VisitClaimer::claim(Owner owner, std::size_t max_hosts, ScheduleMs now) {
  std::vector<Visit> visits;
  store::Transaction transaction(database_);
  std::vector<CrawlTable::Running> crawls = crawls_.running(default_delay_ms_);
  if (crawls.empty()) return visits;
  std::rotate(crawls.begin(), crawls.begin() + static_cast<std::ptrdiff_t>(turn_++ % crawls.size()), crawls.end());
  for (std::size_t i = 0; i < crawls.size(); ++i) {
    const std::size_t share = (max_hosts - visits.size() + crawls.size() - i - 1) / (crawls.size() - i);
    for (const HostId host : due_hosts(crawls[i].id, share, now)) {
      Visit visit;
      if (lease(crawls[i], host, owner, now, visit)) visits.push_back(std::move(visit));
    }
  }
  transaction.commit();
  return visits;
}

std::optional<ScheduleMs> VisitClaimer::next_ready() {
  std::optional<ScheduleMs> earliest;
  for (const CrawlTable::Running& crawl : crawls_.running(default_delay_ms_)) {
    earliest_.bind(crawl.id);
    if (earliest_.step()) earliest = std::min(earliest.value_or(earliest_.integer(0)), earliest_.integer(0));
    earliest_.reset();
  }
  return earliest;
}

}  // namespace wswp::frontier
