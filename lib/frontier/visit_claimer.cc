#include "frontier/visit_claimer.h"

#include <algorithm>

namespace wswp::frontier {
namespace {

/// How long a host is put off that another crawl's visit holds at the moment.
constexpr std::int64_t kBusyHostDelayMs = 500;
/// A host that cannot be reached ends the URLs of a visit together: with so many in each, it does not hold up the end
/// of a crawl by resting between all of them.
constexpr std::size_t kUrlsOfFailingHost = 64;

/// All that is known of hosts, as read_due_host() takes it: those of `table`, called q, for which `condition` holds.
/// `turn`: columns for whether it is busy, and its place in the queue.
std::string hosts_sql(const std::string& turn, const std::string& table, const std::string& condition) {
  return "select q.host_id, h.origin, coalesce(s.ready_at, h.added_at), " + turn +
         ", s.failures, s.answer_ms, s.robots_status, s.rules, s.crawl_delay_ms, "
         "s.fetched_at, s.expires_at, s.unreachable_since, s.robots_failures "
         "from " +
         table + " q cross join host h on h.id = q.host_id left join host_state s on s.host_id = q.host_id where " +
         condition;
}

/// The hosts in the queue of crawl ?1 that `condition` names in its order, at most ?3.
std::string due_sql(const std::string& condition) {
  return hosts_sql("exists (select 1 from lease l where l.host_id = q.host_id), q.ready_at, q.rank", "queue",
                   "q.crawl_id = ?1 and " + condition + " limit ?3");
}

}  // namespace

std::size_t urls_per_visit(std::int64_t delay_ms) {
  constexpr std::int64_t kVisitMs = 2000;
  constexpr std::int64_t kMost = 8;
  return static_cast<std::size_t>(delay_ms <= 0 ? kMost : std::clamp<std::int64_t>(kVisitMs / delay_ms, 1, kMost));
}

VisitClaimer::VisitClaimer(store::Database& database, CrawlTable& crawls, HostQueue& queue, MovedSites& moved,
                           std::int64_t default_delay_ms)
    : crawls_(crawls),
      queue_(queue),
      moved_(moved),
      default_delay_ms_(default_delay_ms),
      answered_(database, due_sql("q.ready_at > 0 and q.ready_at <= ?2 order by q.ready_at, q.rank").c_str()),
      new_(database, due_sql("q.ready_at = 0 order by q.rank").c_str()),
      held_(database, hosts_sql("0, 0, 0", "lease", "q.crawl_id = ?1 and q.host_id = ?2").c_str()),
      failed_(database, due_sql("q.ready_at < 0 and q.ready_at <= ?2 order by q.ready_at, q.rank").c_str()),
      urls_(database,
            "select rank, target, depth, attempts, redirects, site from pending "
            "where host_id = ? and crawl_id = ? order by rank limit ?"),
      earliest_(database, "select ready_at from queue where crawl_id = ? and ready_at >= ? order by ready_at limit 1") {
}

std::size_t VisitClaimer::take(store::Statement& due, CrawlId crawl, std::size_t most, ScheduleMs until,
                               std::vector<DueHost>& hosts) {
  if (most == 0) return 0;
  const std::size_t before = hosts.size();
  due.bind(crawl, until, static_cast<std::int64_t>(most));
  while (due.step()) hosts.push_back(read_due_host(due, crawl));
  if (hosts.size() > before) queue_.take(crawl, hosts[before].turn, hosts.back().turn, hosts.back().rank);
  return hosts.size() - before;
}

std::vector<VisitClaimer::DueHost> VisitClaimer::take_due_hosts(CrawlId crawl, Seats seats, ScheduleMs now) {
  std::vector<DueHost> hosts;
  const ScheduleMs now_failed = now - HostQueue::kFailing;
  // Which of four seats is whose depends on the turn, as there may be but one each time.
  const auto quarter = [](std::size_t of, std::size_t turn) { return (of + turn % 4) / 4; };

  const std::size_t for_answered = seats.all - std::min(seats.unproven, quarter(seats.all, turn_));
  const std::size_t answered = take(answered_, crawl, for_answered, now, hosts);

  const std::size_t unproven = std::min(seats.unproven, seats.all - answered);
  const std::size_t for_failed = std::min(seats.failed, quarter(unproven, turn_ / 4));
  const std::size_t failed = take(failed_, crawl, for_failed, now_failed, hosts);
  const std::size_t untried = take(new_, crawl, unproven - failed, now, hosts);

  if (failed == for_failed) {
    take(failed_, crawl, std::min(seats.failed - failed, unproven - failed - untried), now_failed, hosts);
  }
  if (answered == for_answered) take(answered_, crawl, seats.all - hosts.size(), now, hosts);
  return hosts;
}

VisitClaimer::DueHost VisitClaimer::read_due_host(store::Statement& row, CrawlId crawl) {
  DueHost host{.ready_at = row.integer(2), .busy = row.integer(3) != 0, .turn = row.integer(4), .rank = row.integer(5)};
  host.visit.crawl = crawl;
  host.visit.host = row.integer(0);
  host.visit.origin = row.text(1);
  host.visit.pace = {.failures = static_cast<int>(row.integer(6)), .answer_ms = row.integer(7)};
  const bool failed = host.turn < 0 || host.visit.pace.failures > 0;
  host.visit.standing = failed ? Standing::kFailed : row.is_null(6) ? Standing::kUntried : Standing::kAnswered;
  if (row.is_null(8)) return host;
  host.visit.robots = RobotsRecord{.status = static_cast<int>(row.integer(8)),
                                   .rules = std::string(row.text(9)),
                                   .crawl_delay_ms = row.integer(10),
                                   .fetched_at = row.integer(11),
                                   .expires_at = row.integer(12),
                                   .unreachable_since = row.integer(13),
                                   .failures = static_cast<int>(row.integer(14))};
  return host;
}

bool VisitClaimer::lease(const CrawlTable::Running& crawl, Owner owner, ScheduleMs now, DueHost& host, Seats& seats) {
  Visit& visit = host.visit;
  const bool failing = visit.standing == Standing::kFailed;
  if (host.ready_at > now || host.busy) {
    queue_.put_off(visit.crawl, visit.host, host.ready_at > now ? host.ready_at : now + kBusyHostDelayMs, failing);
    return false;
  }
  if (failing && host.turn >= 0 && seats.failed == 0) {
    queue_.put_off(visit.crawl, visit.host, now, true);
    return false;
  }
  if (visit.standing != Standing::kAnswered && seats.unproven > 0) --seats.unproven;
  if (failing && seats.failed > 0) --seats.failed;
  const std::int64_t asked_ms = visit.robots ? visit.robots->crawl_delay_ms : 0;
  const std::size_t most = urls_per_visit(std::max(crawl.delay_ms, asked_ms));
  visit.urls = next_urls(visit.crawl, visit.host, visit.pace.failures > 0 ? std::max(most, kUrlsOfFailingHost) : most);
  queue_.lease(owner, visit.crawl, visit.host, static_cast<std::int64_t>(visit.urls.size()));
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
                    .redirects = static_cast<int>(urls_.integer(4)),
                    .site = urls_.integer(5)});
  }
  const VisitUrl* before = nullptr;
  for (VisitUrl& url : urls) {
    if (url.site == 0) continue;
    const bool same = before != nullptr && before->site == url.site;
    url.site_hosts = same ? before->site_hosts : moved_.hosts(crawl, url.site);
    before = &url;
  }
  return urls;
}

std::vector<Visit> VisitClaimer::claim(Owner owner, Seats seats, ScheduleMs now) {
  std::vector<Visit> visits;
  std::vector<CrawlTable::Running> crawls = crawls_.running(default_delay_ms_);
  if (crawls.empty()) return visits;
  std::rotate(crawls.begin(), crawls.begin() + static_cast<std::ptrdiff_t>(turn_++ % crawls.size()), crawls.end());
  for (std::size_t i = 0; i < crawls.size(); ++i) {
    const std::size_t others = crawls.size() - i - 1;
    const auto share = [others](std::size_t left) { return (left + others) / (others + 1); };
    const Seats of_crawl{
        .all = share(seats.all - visits.size()), .unproven = share(seats.unproven), .failed = share(seats.failed)};
    for (DueHost& host : take_due_hosts(crawls[i].id, of_crawl, now)) {
      if (lease(crawls[i], owner, now, host, seats)) visits.push_back(std::move(host.visit));
    }
  }
  return visits;
}

std::optional<Visit> VisitClaimer::revisit(const HeldHost& host, ScheduleMs now) {
  const std::vector<CrawlTable::Running> crawls = crawls_.running(default_delay_ms_);
  const bool runs =
      std::any_of(crawls.begin(), crawls.end(), [&](const auto& crawl) { return crawl.id == host.crawl; });
  held_.bind(host.crawl, host.host);
  if (!held_.step()) return std::nullopt;
  Visit visit = read_due_host(held_, host.crawl).visit;
  held_.reset();
  visit.urls = next_urls(host.crawl, host.host, 1);
  if (runs && !visit.urls.empty()) return visit;
  queue_.release(host.crawl, host.host, 0, now, host.failing);
  return std::nullopt;
}

std::optional<ScheduleMs> VisitClaimer::next_ready(Seats seats) {
  std::optional<ScheduleMs> earliest;
  const auto look = [&](CrawlId crawl, ScheduleMs from) {
    earliest_.bind(crawl, from);
    if (earliest_.step()) {
      const ScheduleMs place = earliest_.integer(0);
      const ScheduleMs ready_at = place < 0 ? place + HostQueue::kFailing : place;
      earliest = std::min(earliest.value_or(ready_at), ready_at);
    }
    earliest_.reset();
  };
  for (const CrawlTable::Running& crawl : crawls_.running(default_delay_ms_)) {
    look(crawl.id, seats.unproven > 0 ? 0 : 1);
    if (seats.failed > 0 && seats.unproven > 0) look(crawl.id, -HostQueue::kFailing);
  }
  return earliest;
}

}  // namespace wswp::frontier
