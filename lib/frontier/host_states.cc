#include "frontier/host_states.h"

#include "frontier/column_text.h"

namespace wswp::frontier {

HostStates::HostStates(store::Database& database)
    : rest_(database,
            "insert into host_state (host_id, ready_at) values (?, ?) "
            "on conflict do update set ready_at = max(ready_at, excluded.ready_at)"),
      put_robots_(database,
                  "insert into host_state (host_id, ready_at, robots_status, rules, crawl_delay_ms, fetched_at, "
                  "expires_at, unreachable_since, robots_failures) values (?, ?, ?, ?, ?, ?, ?, ?, ?) "
                  "on conflict do update set ready_at = max(ready_at, excluded.ready_at), "
                  "robots_status = excluded.robots_status, rules = excluded.rules, "
                  "crawl_delay_ms = excluded.crawl_delay_ms, fetched_at = excluded.fetched_at, "
                  "expires_at = excluded.expires_at, unreachable_since = excluded.unreachable_since, "
                  "robots_failures = excluded.robots_failures"),
      put_pace_(database,
                "insert into host_state (host_id, ready_at, failures, answer_ms) values (?, ?, ?, ?) on conflict do "
                "update set ready_at = max(ready_at, excluded.ready_at), failures = excluded.failures, "
                "answer_ms = excluded.answer_ms") {}

void HostStates::rest(HostId host, ScheduleMs ready_at) {
  rest_.run(host, ready_at);
}

void HostStates::put_robots(HostId host, const RobotsRecord& robots, ScheduleMs ready_at) {
  const ColumnText rules(robots.rules, column::kRules);
  put_robots_.run(host, ready_at, robots.status, rules.view(), robots.crawl_delay_ms, robots.fetched_at,
                  robots.expires_at, robots.unreachable_since, robots.failures);
}

void HostStates::put_pace(HostId host, const HostPace& pace, ScheduleMs ready_at) {
  put_pace_.run(host, ready_at, pace.failures, pace.answer_ms);
}

}  // namespace wswp::frontier
