#include "frontier/crawl_table.h"

namespace wswp::frontier {
namespace {

#define WSWP_OPTION_COLUMNS "link_regex, max_depth, same_site, max_urls_per_host, delay_ms"
#define WSWP_CRAWL_SELECT                                     \
  "select id, name, paused, created_at, " WSWP_OPTION_COLUMNS \
  ", total, pending + retry_left, fetched, failed - retry_left, disallowed, skipped, bytes, retry_left from crawl "

}  // namespace

void CounterChange::ended(const Outcome& outcome) {
  --pending;
  bytes += outcome.bytes;
  switch (outcome.state) {
    case UrlState::kFetched:
      ++fetched;
      break;
    case UrlState::kFailed:
      ++failed;
      break;
    case UrlState::kDisallowed:
      ++disallowed;
      break;
    default:
      ++skipped;
      break;
  }
}

CrawlTable::CrawlTable(store::Database& database)
    : find_(database, WSWP_CRAWL_SELECT "where name = ? and removed = 0"),
      all_(database, WSWP_CRAWL_SELECT "where removed = 0 order by id"),
      in_flight_(database, "select coalesce(sum(claimed), 0) from lease where crawl_id = ?"),
      insert_(database,
              "insert into crawl (name, created_at, link_regex, max_depth, same_site, max_urls_per_host, delay_ms) "
              "values (?, ?, ?, ?, ?, ?, ?)"),
      update_(database,
              "update crawl set link_regex = ?, max_depth = ?, same_site = ?, max_urls_per_host = ?, delay_ms = ? "
              "where id = ?"),
      set_paused_(database, "update crawl set paused = ?2 where name = ?1 and removed = 0"),
      next_rank_(database, "select next_rank from crawl where id = ?"),
      take_ranks_(database, "update crawl set next_rank = next_rank + ?2 where id = ?1 returning next_rank - ?2"),
      apply_(database,
             "update crawl set total = total + ?, pending = pending + ?, fetched = fetched + ?, failed = failed + ?, "
             "disallowed = disallowed + ?, skipped = skipped + ?, bytes = bytes + ? where id = ?"),
      options_(database, "select " WSWP_OPTION_COLUMNS " from crawl where id = ? and removed = 0"),
      running_(database, "select id, coalesce(delay_ms, ?) from crawl where paused = 0 and pending > 0 order by id"),
      cut_(database, "select rule, links from cut_links where crawl_id = ?"),
      add_cut_(database,
               "insert into cut_links (crawl_id, rule, links) values (?, ?, ?) "
               "on conflict do update set links = links + excluded.links") {}

CrawlOptions CrawlTable::read_options(store::Statement& row, int at) {
  return {.link_regex = std::string(row.text(at)),
          .max_depth = row.integer(at + 1),
          .same_site = row.integer(at + 2) != 0,
          .max_urls_per_host = row.integer(at + 3),
          .delay_ms = row.is_null(at + 4) ? std::nullopt : std::optional(row.integer(at + 4))};
}

Crawl CrawlTable::read(store::Statement& row) {
  Crawl crawl;
  crawl.id = row.integer(0);
  crawl.name = row.text(1);
  crawl.paused = row.integer(2) != 0;
  crawl.created_at = row.integer(3);
  crawl.options = read_options(row, 4);
  crawl.counters = {.total = row.integer(9),
                    .pending = row.integer(10),
                    .fetched = row.integer(11),
                    .failed = row.integer(12),
                    .disallowed = row.integer(13),
                    .skipped = row.integer(14),
                    .bytes = row.integer(15)};
  crawl.retrying = row.integer(16);
  in_flight_.bind(crawl.id);
  if (in_flight_.step()) crawl.in_flight = in_flight_.integer(0);
  in_flight_.reset();
  cut_.bind(crawl.id);
  while (cut_.step()) crawl.cut.emplace(cut_.text(0), cut_.integer(1));
  return crawl;
}

std::optional<Crawl> CrawlTable::find(const std::string& name) {
  find_.bind(name);
  if (!find_.step()) return std::nullopt;
  Crawl crawl = read(find_);
  find_.reset();
  return crawl;
}

std::vector<Crawl> CrawlTable::all() {
  std::vector<Crawl> crawls;
  all_.bind();
  while (all_.step()) crawls.push_back(read(all_));
  return crawls;
}

void CrawlTable::insert(const std::string& name, const CrawlOptions& options, WallMs now) {
  insert_.run(name, now, options.link_regex, options.max_depth, options.same_site, options.max_urls_per_host,
              options.delay_ms);
}

void CrawlTable::update(CrawlId id, const CrawlOptions& options) {
  update_.run(options.link_regex, options.max_depth, options.same_site, options.max_urls_per_host, options.delay_ms,
              id);
}

bool CrawlTable::set_paused(const std::string& name, bool paused) {
  return set_paused_.run(name, paused) > 0;
}

Rank CrawlTable::next_rank(CrawlId id) {
  next_rank_.bind(id);
  const Rank next = next_rank_.step() ? next_rank_.integer(0) : 0;
  next_rank_.reset();
  return next;
}

Rank CrawlTable::take_ranks(CrawlId id, std::int64_t count) {
  take_ranks_.bind(id, count);
  const Rank first = take_ranks_.step() ? take_ranks_.integer(0) : 0;
  take_ranks_.reset();
  return first;
}

void CrawlTable::apply(CrawlId id, const CounterChange& change) {
  apply_.run(change.total, change.pending, change.fetched, change.failed, change.disallowed, change.skipped,
             change.bytes, id);
}

void CrawlTable::add_cut(CrawlId id, const CutCounts& cut) {
  for (const auto& [rule, links] : cut) add_cut_.run(id, rule, links);
}

std::optional<CrawlOptions> CrawlTable::options(CrawlId id) {
  options_.bind(id);
  if (!options_.step()) return std::nullopt;
  CrawlOptions options = read_options(options_, 0);
  options_.reset();
  return options;
}

std::vector<CrawlTable::Running> CrawlTable::running(std::int64_t default_delay_ms) {
  std::vector<Running> crawls;
  running_.bind(default_delay_ms);
  while (running_.step()) crawls.push_back({.id = running_.integer(0), .delay_ms = running_.integer(1)});
  return crawls;
}

}  // namespace wswp::frontier
