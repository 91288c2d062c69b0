#include "frontier/crash_blamer.h"

#include <vector>

namespace wswp::frontier {

CrashBlamer::CrashBlamer(store::Database& database, VisitRecorder& recorder, std::int64_t default_delay_ms)
    : recorder_(recorder),
      default_delay_ms_(default_delay_ms),
      find_(database,
            "select h.origin, p.target, p.depth, p.attempts, p.redirects, "
            "max(coalesce(c.delay_ms, ?4), coalesce(s.crawl_delay_ms, 0)) "
            "from pending p join lease l on l.host_id = p.host_id and l.crawl_id = p.crawl_id "
            "join host h on h.id = p.host_id join crawl c on c.id = p.crawl_id "
            "left join host_state s on s.host_id = p.host_id "
            "where p.crawl_id = ?1 and p.host_id = ?2 and p.rank = ?3") {}

std::optional<Blamed> CrashBlamer::blame(const UrlKey& url, ScheduleMs now, WallMs wall, bool proven) {
  find_.bind(url.crawl, url.host, url.rank, default_delay_ms_);
  if (!find_.step()) return std::nullopt;
  VisitReport report{.crawl = url.crawl, .host = url.host, .origin = std::string(find_.text(0))};
  report.ready_at = now + find_.integer(5);
  UrlReport tried{.url = {.rank = url.rank,
                          .target = std::string(find_.text(1)),
                          .depth = find_.integer(2),
                          .attempts = static_cast<int>(find_.integer(3)),
                          .redirects = static_cast<int>(find_.integer(4))}};
  find_.reset();
  const Blamed blamed{.url = report.origin + tried.url.target,
                      .tries = tried.url.attempts + 1,
                      .given_up = proven || tried.url.attempts >= kMaxCrashes};
  if (blamed.given_up) {
    tried.outcome = Outcome{.state = UrlState::kFailed, .error = "crashed", .fetched_at = wall};
  }
  report.urls.push_back(std::move(tried));
  recorder_.record(std::vector<VisitReport>{std::move(report)}, now);
  return blamed;
}

}  // namespace wswp::frontier
