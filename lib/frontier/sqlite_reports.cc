#include <algorithm>

#include "frontier/frontier.h"
#include "frontier/guarded.h"
#include "frontier/host_directory.h"
#include "frontier/sqlite_frontier.h"
#include "store/database.h"

namespace wswp::frontier {
namespace {

constexpr int kReportCacheKib = 2048;
constexpr Rank kRanksAtOnce = 20'000;  // looked through in one read transaction

constexpr const char* kOutcomeColumns =
    "o.state, o.status, o.error, o.content_type, o.encoding, o.bytes, o.truncated, o.title, o.redirect_to, "
    "o.remote_ip, o.http_version, o.elapsed_ms, o.fetched_at ";

/// An outcome from the columns above, the first of which is number `at`.
Outcome read_outcome(store::Statement& row, int at) {
  return {.state = static_cast<UrlState>(row.integer(at)),
          .status = static_cast<int>(row.integer(at + 1)),
          .error = std::string(row.text(at + 2)),
          .content_type = std::string(row.text(at + 3)),
          .encoding = std::string(row.text(at + 4)),
          .bytes = row.integer(at + 5),
          .truncated = row.integer(at + 6) != 0,
          .title = std::string(row.text(at + 7)),
          .redirect_to = std::string(row.text(at + 8)),
          .remote_ip = std::string(row.text(at + 9)),
          .http_version = std::string(row.text(at + 10)),
          .elapsed_ms = row.integer(at + 11),
          .fetched_at = row.integer(at + 12)};
}

class SqliteReports final : public Reports {
 public:
  explicit SqliteReports(const std::string& path)
      : database_(path, store::Mode::kReadOnly, kReportCacheKib),
        hosts_(database_),
        page_(database_, page_sql().c_str()),
        there_(database_, "select 1 from crawl where id = ? and removed = 0") {}

  ResultWalk walk_results(const std::optional<std::string>& crawl, std::optional<UrlState> outcome) override {
    return guarded([&] {
      store::Statement statement(database_,
                                 "select c.id, c.name, (select max(o.rank) from outcome o where o.crawl_id = c.id) "
                                 "from crawl c where c.removed = 0 and (?1 = '' or c.name = ?1) order by c.id");
      ResultWalk walk{.stretches = {}, .outcome = outcome};
      const std::string name = crawl.value_or("");  // bound texts are not copied
      statement.bind(name);
      while (statement.step()) {
        if (statement.is_null(2)) continue;
        walk.stretches.push_back(
            {.crawl = statement.integer(0), .name = std::string(statement.text(1)), .last = statement.integer(2)});
      }
      return walk;
    });
  }

  std::vector<ResultRow> next_results(ResultWalk& walk, std::size_t most) override {
    return guarded([&] {
      std::vector<ResultRow> rows;
      if (walk.over()) return rows;
      ResultWalk::Stretch& here = walk.stretches.front();
      const Rank end = std::min(here.last, here.after + kRanksAtOnce);
      Rank at = end;
      page_.bind(here.crawl, here.after, end, walk.outcome ? static_cast<int>(*walk.outcome) : 0,
                 static_cast<std::int64_t>(most));
      while (page_.step()) {
        at = page_.integer(0);
        rows.push_back({.crawl = here.name,
                        .url = std::string(page_.text(1)),
                        .depth = page_.integer(2),
                        .attempts = page_.integer(3),
                        .outcome = read_outcome(page_, 4)});
      }
      // After the rows: those of a crawl that is there now were all there.
      if (!there_.bind(here.crawl).step()) throw CrawlRemoved();
      there_.reset();
      here.after = rows.size() < most ? end : at;
      if (here.after >= here.last) walk.stretches.pop_front();
      return rows;
    });
  }

  std::vector<ErrorGroup> errors(const std::optional<std::string>& crawl) override {
    return guarded([&] {
      store::Statement statement(
          database_,
          "select g.error, sum(g.count), (select h.origin || o.target from outcome o join host h on h.id = o.host_id "
          "    where o.crawl_id = g.crawl_id and o.rank = g.rank) "
          "from (select o.crawl_id, coalesce(o.error, '') as error, count(*) as count, min(o.rank) as rank "
          "    from outcome o indexed by outcome_failed join crawl c on c.id = o.crawl_id "
          "    where o.state = 4 and (?1 = '' or c.name = ?1) group by o.crawl_id, o.error) g "
          "group by g.error order by 2 desc, 1");
      std::vector<ErrorGroup> groups;
      const std::string name = crawl.value_or("");  // bound texts are not copied
      statement.bind(name);
      while (statement.step()) {
        groups.push_back({.error = std::string(statement.text(0)),
                          .count = statement.integer(1),
                          .example = std::string(statement.text(2))});
      }
      return groups;
    });
  }

  std::optional<HostInfo> host(const url::Url& url) override {
    return guarded([&]() -> std::optional<HostInfo> {
      const std::optional<HostId> id = hosts_.find(url.origin());
      if (!id) return std::nullopt;
      store::Statement statement(
          database_,
          "select d.authority, d.due_at, (select pending from host_pending where host_id = d.host_id), "
          "coalesce(s.failures, 0), coalesce(s.answer_ms, 0), (select wall_ahead_ms from clock), "
          "s.robots_status, s.rules, s.crawl_delay_ms, s.fetched_at, s.expires_at, s.unreachable_since, "
          "s.robots_failures from host_due d left join host_state s on s.host_id = d.host_id where d.host_id = ?");
      const auto as_wall = [&](int column) {
        const ScheduleMs time = statement.integer(column);
        return time == 0 ? 0 : time + statement.integer(5);
      };
      if (!statement.bind(*id).step()) return std::nullopt;
      HostInfo info{.authority = std::string(statement.text(0)),
                    .robots = std::nullopt,
                    .pace = {.failures = static_cast<int>(statement.integer(3)), .answer_ms = statement.integer(4)},
                    .ready_at = statement.integer(1),
                    .pending = statement.integer(2)};
      if (!statement.is_null(6)) {
        info.robots = RobotsRecord{.status = static_cast<int>(statement.integer(6)),
                                   .rules = std::string(statement.text(7)),
                                   .crawl_delay_ms = statement.integer(8),
                                   .fetched_at = as_wall(9),
                                   .expires_at = as_wall(10),
                                   .unreachable_since = as_wall(11),
                                   .failures = static_cast<int>(statement.integer(12))};
      }
      return info;
    });
  }

  std::vector<UrlInfo> find(const url::Url& url) override {
    return guarded([&] {
      std::vector<UrlInfo> found;
      const std::optional<HostId> id = hosts_.find(url.origin());
      if (!id) return found;
      const std::string sql =
          std::string(
              "select c.name, case when p.rank is not null or q.host_id is null then 2 when u.alias then 7 else "
              "o.state end, "
              "exists (select 1 from lease l where l.host_id = u.host_id and l.crawl_id = c.id), "
              "u.depth, coalesce(p.attempts, 0), u.rank, "
              "max(coalesce(q.ready_at, 0) + (select wall_ahead_ms from clock), d.due_at), "
              "o.attempts, ") +
          kOutcomeColumns +
          "from crawl c cross join url u on u.host_id = ?1 and u.crawl_id = c.id and u.target = ?2 "
          "join host_due d on d.host_id = u.host_id "
          "left join crawl_host q on q.host_id = u.host_id and q.crawl_id = c.id "
          "left join pending p on p.host_id = u.host_id and p.crawl_id = u.crawl_id and p.rank = u.rank "
          "left join outcome o on o.crawl_id = c.id and o.rank = u.rank where c.removed = 0 order by c.id";
      store::Statement row(database_, sql.c_str());
      row.bind(*id, url.target());
      while (row.step()) {
        UrlInfo info{.crawl = std::string(row.text(0)),
                     .url = url.href(),
                     .state = static_cast<UrlState>(row.integer(1)),
                     .in_flight = row.integer(2) != 0,
                     .depth = row.integer(3),
                     .attempts = row.integer(4),
                     .rank = row.integer(5),
                     .ready_at = row.integer(6),
                     .outcome = std::nullopt};
        info.in_flight = info.in_flight && info.state == UrlState::kPending;
        if (!row.is_null(7)) {
          info.attempts = row.integer(7);
          info.outcome = read_outcome(row, 8);
        }
        found.push_back(std::move(info));
      }
      return found;
    });
  }

 private:
  static std::string page_sql() {
    return std::string("select o.rank, h.origin || o.target, o.depth, o.attempts, ") + kOutcomeColumns +
           "from outcome o cross join host h on h.id = o.host_id where o.crawl_id = ?1 and o.rank > ?2 and o.rank <= "
           "?3 "
           "and (?4 = 0 or o.state = ?4) order by o.rank limit ?5";
  }

  store::Database database_;
  HostDirectory hosts_;
  store::Statement page_, there_;
};

}  // namespace

std::unique_ptr<Reports> open_reports(const std::string& path) {
  return guarded([&] { return std::make_unique<SqliteReports>(path); });
}

}  // namespace wswp::frontier
