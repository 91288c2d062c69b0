#include "frontier/invariants.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "store/database.h"
#include "store/migrate.h"

namespace wswp::frontier {
namespace {

constexpr int kCacheKib = 64 * 1024;

struct Rule {
  const char* says;
  const char* breaches;  // a query with a row of one text for each breach
};

// Numbers as in schema/README.md. A crawl that is being removed is exempt from 2 to 5.
constexpr std::array kRules{
    Rule{"1: a host with pending URLs is in the queue, at its place, or leased",
         "select printf('host %d of crawl %d', q.host_id, q.crawl_id) from crawl_host q where q.pending > 0 and "
         "(exists (select 1 from queue w where (w.crawl_id, w.ready_at, w.rank, w.host_id) = "
         "(q.crawl_id, q.ready_at, q.rank, q.host_id)) + "
         "exists (select 1 from lease l where l.host_id = q.host_id and l.crawl_id = q.crawl_id)) <> 1"},
    Rule{"1: nothing else is in the queue",
         "select printf('host %d of crawl %d', w.host_id, w.crawl_id) from queue w where not exists "
         "(select 1 from crawl_host q where q.host_id = w.host_id and q.crawl_id = w.crawl_id and q.pending > 0 and "
         "(q.ready_at, q.rank) = (w.ready_at, w.rank)) and not exists "
         "(select 1 from fresh_host f join url u on (u.host_id, u.crawl_id, u.rank) = (f.host_id, f.crawl_id, f.rank) "
         "where (f.crawl_id, f.rank, f.host_id) = (w.crawl_id, w.rank, w.host_id) and w.ready_at = 0)"},
    Rule{"1: what is leased is a host of a crawl",
         "select printf('host %d of crawl %d', host_id, crawl_id) from lease l where not exists "
         "(select 1 from crawl_host q where q.host_id = l.host_id and q.crawl_id = l.crawl_id)"},
    Rule{"2: crawl_host.pending and .total count the URLs of the host",
         "select printf('host %d of crawl %d', q.host_id, q.crawl_id) from crawl_host q join crawl c on c.id = "
         "q.crawl_id "
         "where c.removed = 0 and (q.pending, q.total) is not ("
         "(select count(*) from pending p where p.host_id = q.host_id and p.crawl_id = q.crawl_id), "
         "(select count(*) from url u where u.host_id = q.host_id and u.crawl_id = q.crawl_id and not u.alias))"},
    Rule{"2: every URL belongs to a crawl_host row, or is the one of a fresh host",
         "select printf('host %d of crawl %d: %s', host_id, crawl_id, target) from url u "
         "where not exists (select 1 from crawl_host q where q.host_id = u.host_id and q.crawl_id = u.crawl_id) and "
         "(u.alias or not exists (select 1 from fresh_host f where (f.crawl_id, f.rank, f.host_id) = "
         "(u.crawl_id, u.rank, u.host_id)))"},
    Rule{"3: no more is claimed of a host than is pending",
         "select printf('host %d of crawl %d', q.host_id, q.crawl_id) from lease l join crawl_host q on q.host_id = "
         "l.host_id and q.crawl_id = l.crawl_id join crawl c on c.id = l.crawl_id "
         "where c.removed = 0 and l.claimed not between 0 and q.pending"},
    Rule{"4: the counters of a crawl are the sums of its rows",
         "with q as (select crawl_id, sum(pending) as pending from (select crawl_id, pending from crawl_host union all "
         "select crawl_id, 1 from fresh_host) group by crawl_id), "
         "o as (select crawl_id, sum(state = 3) as fetched, sum(state = 4) as failed, sum(state = 5) as disallowed, "
         "sum(state = 6) as skipped, sum(bytes) as bytes from outcome group by crawl_id) "
         "select c.name from crawl c left join q on q.crawl_id = c.id left join o on o.crawl_id = c.id "
         "where c.removed = 0 and ((c.pending, c.fetched, c.failed, c.disallowed, c.skipped, c.bytes) is not "
         "(coalesce(q.pending, 0), coalesce(o.fetched, 0), coalesce(o.failed, 0), coalesce(o.disallowed, 0), "
         "coalesce(o.skipped, 0), coalesce(o.bytes, 0)) "
         "or c.total <> c.pending + c.fetched + c.failed + c.disallowed + c.skipped)"},
    Rule{"5: a URL is pending or has its outcome, and an alias neither",
         "select printf('crawl %d: %s', u.crawl_id, u.target) from url u join crawl c on c.id = u.crawl_id "
         "where c.removed = 0 and exists (select 1 from pending p where p.host_id = u.host_id and p.crawl_id = "
         "u.crawl_id and p.rank = u.rank and p.target = u.target) + exists (select 1 from fresh_host f "
         "where (f.crawl_id, f.rank, f.host_id) = (u.crawl_id, u.rank, u.host_id)) + exists (select 1 from outcome o "
         "where o.crawl_id = u.crawl_id and o.rank = u.rank and o.host_id = u.host_id and o.target = u.target) <> "
         "iif(u.alias, 0, 1)"},
    Rule{"5: what is pending is a URL",
         "select printf('crawl %d: %s', p.crawl_id, p.target) from pending p join crawl c on c.id = p.crawl_id "
         "where c.removed = 0 and not exists (select 1 from url u where u.host_id = p.host_id and "
         "u.crawl_id = p.crawl_id and u.target = p.target and (u.rank, u.depth, u.redirects, u.site) = "
         "(p.rank, p.depth, p.redirects, p.site))"},
    Rule{"5: every outcome belongs to a URL",
         "select printf('crawl %d: %s', o.crawl_id, o.target) from outcome o join crawl c on c.id = o.crawl_id "
         "where c.removed = 0 and not exists (select 1 from url u where u.host_id = o.host_id and "
         "u.crawl_id = o.crawl_id and u.target = o.target and u.rank = o.rank)"},
    Rule{"6: every host that is referred to exists",
         "select host_id from (select host_id from crawl_host union select host_id from url union select host_id from "
         "moved_site) q "
         "where not exists (select 1 from host h where h.id = q.host_id)"},
    Rule{"6: every host can be found by its key",
         "select origin from host where id not in (select host_id from host_key)"},
    Rule{"6: an origin is one host", "select origin from host group by origin having count(*) > 1"},
    Rule{"9: ranks are unique within a crawl, and below its next one",
         "select printf('crawl %d: rank %d', u.crawl_id, u.rank) from url u join crawl c on c.id = u.crawl_id "
         "where u.rank >= c.next_rank union all "
         "select printf('crawl %d: rank %d', crawl_id, rank) from url group by crawl_id, rank having count(*) > 1"},
    Rule{"9: host ids are below the next one",
         "select origin from host where id >= (select value from meta where key = 'next_host_id')"},
    Rule{"10: the clock has one row", "select 'clock' where (select count(*) from clock) <> 1"},
    Rule{"11: what is counted of a crawl belongs to one that exists",
         "select printf('crawl %d', t.crawl_id) from (select crawl_id from cut_links union "
         "select crawl_id from site_hosts union select crawl_id from queue union select crawl_id from lease union "
         "select crawl_id from crawl_host union select crawl_id from pending union select crawl_id from moved_site) t "
         "where not exists (select 1 from crawl "
         "c where c.id = t.crawl_id)"},
    Rule{"11: what was cut is more than nothing",
         "select printf('crawl %d: %s', crawl_id, rule) from cut_links where links <= 0"},
    Rule{"12: no more hosts are counted of sites than links have added",
         "select c.name from crawl c where c.removed = 0 and "
         "(select coalesce(sum(hosts), 0) from site_hosts s where s.crawl_id = c.id) > (select count(*) from url u "
         "left join crawl_host q on q.host_id = u.host_id and q.crawl_id = u.crawl_id "
         "where u.crawl_id = c.id and u.rank = coalesce(q.rank, u.rank) and u.from_rank > 0 and u.redirects = 0)"},
    Rule{"13: the site of a URL that is not its own host's has a host",
         "select printf('crawl %d: %s', u.crawl_id, u.target) from url u where u.site <> 0 and not exists "
         "(select 1 from moved_site m where m.crawl_id = u.crawl_id and m.site = u.site)"},
    Rule{"12: a site that is counted has a host",
         "select printf('crawl %d: %s', crawl_id, site) from site_hosts where hosts <= 0"},
};

void look(store::Database& database, const Rule& rule, std::vector<Violation>& violations) {
  store::Statement statement(database, rule.breaches);
  Violation violation{.rule = rule.says};
  statement.bind();
  while (statement.step()) {
    if (violation.count++ == 0) violation.example = statement.text(0);
  }
  if (violation.count > 0) violations.push_back(std::move(violation));
}

/// "ok" is one row; else a row for each thing that is wrong with the file.
void look_at_file(store::Database& database, std::vector<Violation>& violations) {
  store::Statement statement(database, "pragma integrity_check");
  Violation violation{.rule = "the file is a sound database"};
  statement.bind();
  while (statement.step()) {
    if (statement.text(0) != "ok" && violation.count++ == 0) violation.example = statement.text(0);
  }
  if (violation.count > 0) violations.push_back(std::move(violation));
}

}  // namespace

Result<std::vector<Violation>> check_invariants(const std::string& path) {
  try {
    store::Database database(path, store::Mode::kReadOnly, kCacheKib);
    if (Result<> checked = store::check_schema(database, path); !checked) return checked.error();
    database.execute("begin");
    std::vector<Violation> violations;
    look_at_file(database, violations);
    if (violations.empty()) {
      for (const Rule& rule : kRules) look(database, rule, violations);
    }
    return violations;
  } catch (const store::Failure& failure) {
    return Error{fmt::format("cannot read {}: {}", path, failure.what())};
  }
}

}  // namespace wswp::frontier
