#include "frontier/seed_adder.h"

#include <algorithm>
#include <vector>

#include "frontier/frontier.h"

namespace wswp::frontier {
namespace {

/// Rows a transaction: about 20 ms of work, which is what a worker that wants to record may have to wait.
constexpr std::size_t kRowsPerTransaction = 4096;

struct KeyedSeed {
  std::int64_t key;
  std::size_t index;  // in the batch

  bool operator<(const KeyedSeed& other) const { return key != other.key ? key < other.key : index < other.index; }
};

std::vector<KeyedSeed> in_key_order(const SeedList& seeds) {
  std::vector<KeyedSeed> keyed(seeds.size());
  for (std::size_t i = 0; i < seeds.size(); ++i) keyed[i] = {.key = host_key(seeds.origin(i)), .index = i};
  std::sort(keyed.begin(), keyed.end());
  return keyed;
}

/// Calls f(begin, end), which is a transaction, for consecutive pieces of [0, count). Others may write in between.
template <class F>
void in_pieces(std::size_t count, F&& f) {
  for (std::size_t begin = 0; begin < count; begin += kRowsPerTransaction) {
    if (begin > 0) store::Database::give_way();
    f(begin, std::min(count, begin + kRowsPerTransaction));
  }
}

}  // namespace

SeedAdder::ResolvedHosts SeedAdder::resolve_hosts(const SeedList& seeds) {
  const std::vector<KeyedSeed> keyed = in_key_order(seeds);
  ResolvedHosts hosts{.ids = std::vector<HostId>(seeds.size())};
  in_pieces(keyed.size(), [&](std::size_t begin, std::size_t end) {
    store::Transaction transaction(database_);
    if (begin == 0) hosts.first_new = hosts_.take_ids(static_cast<std::int64_t>(seeds.size()));
    for (std::size_t i = begin; i < end; ++i) {
      const auto [key, index] = keyed[i];
      const bool repeated = i > 0 && keyed[i - 1].key == key && seeds.origin(keyed[i - 1].index) == seeds.origin(index);
      hosts.ids[index] = repeated
                             ? hosts.ids[keyed[i - 1].index]
                             : hosts_.reserve(seeds.origin(index), key, hosts.first_new + static_cast<HostId>(index));
    }
    transaction.commit();
  });
  return hosts;
}

void SeedAdder::add_rows(CrawlId crawl, const SeedList& seeds, const ResolvedHosts& hosts, std::size_t begin,
                         std::size_t end, ScheduleMs now, AddSummary& summary) {
  store::Transaction transaction(database_);
  if (!crawls_.options(crawl)) throw CrawlRemoved();
  const auto count = static_cast<std::int64_t>(end - begin);
  Rank rank = crawls_.take_ranks(crawl, count);
  const AddedRange range{.crawl = crawl,
                         .first_host = hosts.first_new + static_cast<HostId>(begin),
                         .last_host = hosts.first_new + static_cast<HostId>(end) - 1,
                         .first_rank = rank,
                         .last_rank = rank + count - 1};
  CounterChange change;
  for (std::size_t i = begin; i < end; ++i, ++rank) {
    HostId host = hosts.ids[i];
    if (!hosts_.create(host, seeds.origin(i), now)) host = hosts_.find_or_create(seeds.origin(i), now);
    const NewUrl url{.crawl = crawl, .host = host, .target = seeds.target(i), .rank = rank};
    if (range.has(host) ? urls_.see(url) : urls_.add(url)) ++change.total;
  }
  urls_.add_seen(range);
  change.pending = change.total;
  crawls_.apply(crawl, change);
  transaction.commit();
  summary.added += change.total;
  summary.duplicate += count - change.total;
}

void SeedAdder::add(CrawlId crawl, const SeedList& seeds, ScheduleMs now, AddSummary& summary) {
  const ResolvedHosts hosts = resolve_hosts(seeds);
  in_pieces(seeds.size(),
            [&](std::size_t begin, std::size_t end) { add_rows(crawl, seeds, hosts, begin, end, now, summary); });
}

}  // namespace wswp::frontier
