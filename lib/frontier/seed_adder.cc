#include "frontier/seed_adder.h"

#include <algorithm>
#include <vector>

#include "frontier/frontier.h"

namespace wswp::frontier {
namespace {

/// Rows a transaction: about 20 ms of work, which is what a worker that wants to record may have to wait.
constexpr std::size_t kRowsPerTransaction = 4096;

/// The columns of `seed` that are told apart by number.
enum Column { kHostId, kKey, kText, kRank };
constexpr const char* kColumns = "host_id, key, text, rank";

/// Calls f(begin, end), which is a transaction, for consecutive pieces of [0, count). Others may write in between.
template <class F>
void in_pieces(std::size_t count, F&& f) {
  for (std::size_t begin = 0; begin < count; begin += kRowsPerTransaction) {
    if (begin > 0) store::Database::give_way();
    f(begin, std::min(count, begin + kRowsPerTransaction));
  }
}

}  // namespace

std::vector<SeedAdder::KeyedSeed> SeedAdder::in_key_order(const SeedList& seeds) {
  std::vector<KeyedSeed> keyed(seeds.size());
  for (std::size_t i = 0; i < seeds.size(); ++i) keyed[i] = {.key = host_key(seeds.origin(i)), .index = i};
  std::sort(keyed.begin(), keyed.end());
  return keyed;
}

SeedAdder::SeedAdder(store::Database& database, CrawlTable& crawls, HostDirectory& hosts, UrlTable& urls)
    : database_(database),
      crawls_(crawls),
      hosts_(hosts),
      urls_(urls),
      rows_(database, "seed", kColumns),
      add_keys_(database,
                "insert into host_key (key, host_id) select key, host_id from seed where true on conflict do nothing"),
      read_keys_(database, "select k.host_id from seed s cross join host_key k on k.key = s.key"),
      add_hosts_(database,
                 "insert into host (id, origin, added_at) select host_id, text, ?1 from seed "
                 "where true on conflict do nothing"),
      see_(database,
           "insert into url (host_id, crawl_id, target, rank, depth) select host_id, ?1, text, rank, 0 from seed "
           "where true on conflict do nothing") {}

SeedAdder::ResolvedHosts SeedAdder::resolve_hosts(const SeedList& seeds) {
  const std::vector<KeyedSeed> keyed = in_key_order(seeds);
  const auto repeats = [&](std::size_t i) {
    return i > 0 && keyed[i - 1].key == keyed[i].key &&
           seeds.origin(keyed[i - 1].index) == seeds.origin(keyed[i].index);
  };
  ResolvedHosts hosts{.ids = std::vector<HostId>(seeds.size())};
  in_pieces(keyed.size(), [&](std::size_t begin, std::size_t end) {
    store::Transaction transaction(database_);
    if (begin == 0) hosts.first_new = hosts_.take_ids(static_cast<std::int64_t>(seeds.size()));
    std::vector<KeyedSeed> firsts;  // of each origin
    for (std::size_t i = begin; i < end; ++i) {
      if (!repeats(i)) firsts.push_back(keyed[i]);
    }
    reserve_hosts(seeds, firsts, hosts);
    for (std::size_t i = begin; i < end; ++i) {
      if (repeats(i)) hosts.ids[keyed[i].index] = hosts.ids[keyed[i - 1].index];
    }
    transaction.commit();
  });
  return hosts;
}

void SeedAdder::reserve_hosts(const SeedList& seeds, const std::vector<KeyedSeed>& keyed, ResolvedHosts& hosts) {
  for (const KeyedSeed& seed : keyed) hosts.ids[seed.index] = hosts.new_id(seed.index);
  rows_.set(keyed.size(), [&](std::size_t row, int column) {
    return store::RowTable::Value(column == kHostId ? hosts.ids[keyed[row].index] : keyed[row].key);
  });
  if (static_cast<std::size_t>(add_keys_.run()) == keyed.size()) return;
  read_keys_.bind();
  for (const auto& [key, i] : keyed) {
    if (read_keys_.step()) hosts.ids[i] = read_keys_.integer(0);
  }
  read_keys_.reset();
  for (const auto& [key, i] : keyed) {
    if (hosts.ids[i] == hosts.new_id(i) || hosts_.has(hosts.ids[i], seeds.origin(i))) continue;
    hosts.ids[i] = hosts_.reserve(seeds.origin(i), key, hosts.new_id(i));
  }
}

void SeedAdder::create_hosts(const SeedList& seeds, std::size_t begin, std::size_t end, ScheduleMs now,
                             ResolvedHosts& hosts) {
  std::vector<std::size_t> firsts, others;
  for (std::size_t i = begin; i < end; ++i) (hosts.ids[i] == hosts.new_id(i) ? firsts : others).push_back(i);
  rows_.set(firsts.size(), [&](std::size_t row, int column) -> store::RowTable::Value {
    if (column == kHostId) return hosts.ids[firsts[row]];
    return seeds.origin(firsts[row]);
  });
  if (static_cast<std::size_t>(add_hosts_.run(now)) < firsts.size()) {
    others.insert(others.end(), firsts.begin(), firsts.end());
  }
  for (const std::size_t i : others) {
    if (hosts_.has(hosts.ids[i], seeds.origin(i))) continue;  // as nearly all
    if (!hosts_.create(hosts.ids[i], seeds.origin(i), now)) hosts.ids[i] = hosts_.find_or_create(seeds.origin(i), now);
  }
}

void SeedAdder::add_rows(CrawlId crawl, const SeedList& seeds, ResolvedHosts& hosts, std::size_t begin, std::size_t end,
                         ScheduleMs now, AddSummary& summary) {
  store::Transaction transaction(database_);
  if (!crawls_.options(crawl)) throw CrawlRemoved();
  create_hosts(seeds, begin, end, now, hosts);

  const auto count = static_cast<std::int64_t>(end - begin);
  const Rank first_rank = crawls_.take_ranks(crawl, count);
  const auto rank_of = [&](std::size_t i) { return first_rank + static_cast<Rank>(i - begin); };
  const AddedRange range{.crawl = crawl,
                         .first_host = hosts.new_id(begin),
                         .last_host = hosts.new_id(end - 1),
                         .first_rank = first_rank,
                         .last_rank = first_rank + count - 1};
  CounterChange change;
  std::vector<std::size_t> of_new_hosts;
  for (std::size_t i = begin; i < end; ++i) {
    if (range.has(hosts.ids[i])) {
      of_new_hosts.push_back(i);
    } else if (urls_.add({.crawl = crawl, .host = hosts.ids[i], .target = seeds.target(i), .rank = rank_of(i)})) {
      ++change.total;
    }
  }
  rows_.set(of_new_hosts.size(), [&](std::size_t row, int column) -> store::RowTable::Value {
    const std::size_t i = of_new_hosts[row];
    if (column == kHostId) return hosts.ids[i];
    if (column == kText) return seeds.target(i);
    return rank_of(i);
  });
  change.total += see_.run(crawl);
  urls_.add_seen(range);
  change.pending = change.total;
  crawls_.apply(crawl, change);
  transaction.commit();
  summary.added += change.total;
  summary.duplicate += count - change.total;
}

void SeedAdder::add(CrawlId crawl, const SeedList& seeds, ScheduleMs now, AddSummary& summary) {
  ResolvedHosts hosts = resolve_hosts(seeds);
  in_pieces(seeds.size(),
            [&](std::size_t begin, std::size_t end) { add_rows(crawl, seeds, hosts, begin, end, now, summary); });
}

}  // namespace wswp::frontier
