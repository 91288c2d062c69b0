#include "frontier/seed_adder.h"

#include <algorithm>
#include <vector>

namespace wswp::frontier {
namespace {

/// Rows a transaction: about 20 ms of work, which is what a worker that wants to record may have to wait.
constexpr std::size_t kRowsPerTransaction = 4096;

struct KeyedSeed {
  std::int64_t key;
  std::size_t index;  // in the batch

  bool operator<(const KeyedSeed& other) const { return key != other.key ? key < other.key : index < other.index; }
};

std::vector<KeyedSeed> in_key_order(std::span<const url::Url> seeds) {
  std::vector<KeyedSeed> keyed(seeds.size());
  for (std::size_t i = 0; i < seeds.size(); ++i) keyed[i] = {.key = host_key(seeds[i].origin()), .index = i};
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

std::vector<HostId> SeedAdder::resolve_hosts(std::span<const url::Url> seeds) {
  const std::vector<KeyedSeed> keyed = in_key_order(seeds);
  std::vector<HostId> hosts(seeds.size());
  HostId first_id = 0;
  in_pieces(keyed.size(), [&](std::size_t begin, std::size_t end) {
    store::Transaction transaction(database_);
    if (begin == 0) first_id = hosts_.take_ids(static_cast<std::int64_t>(seeds.size()));
    for (std::size_t i = begin; i < end; ++i) {
      const auto [key, index] = keyed[i];
      const url::Url& seed = seeds[index];
      const bool repeated = i > 0 && keyed[i - 1].key == key && seeds[keyed[i - 1].index].origin() == seed.origin();
      hosts[index] = repeated ? hosts[keyed[i - 1].index]
                              : hosts_.reserve(seed.origin(), key, first_id + static_cast<HostId>(index));
    }
    transaction.commit();
  });
  return hosts;
}

void SeedAdder::add_rows(CrawlId crawl, std::span<const url::Url> seeds, std::span<const HostId> hosts, ScheduleMs now,
                         AddSummary& summary) {
  store::Transaction transaction(database_);
  Rank rank = crawls_.take_ranks(crawl, static_cast<std::int64_t>(seeds.size()));
  CounterChange change;
  for (std::size_t i = 0; i < seeds.size(); ++i, ++rank) {
    HostId host = hosts[i];
    if (!hosts_.create(host, seeds[i].origin(), now)) host = hosts_.find_or_create(seeds[i].origin(), now);
    if (urls_.add({.crawl = crawl, .host = host, .target = seeds[i].target(), .rank = rank})) ++change.total;
  }
  change.pending = change.total;
  crawls_.apply(crawl, change);
  transaction.commit();
  summary.added += change.total;
  summary.duplicate += static_cast<std::int64_t>(seeds.size()) - change.total;
}

void SeedAdder::add(CrawlId crawl, std::span<const url::Url> seeds, ScheduleMs now, AddSummary& summary) {
  const std::vector<HostId> hosts = resolve_hosts(seeds);
  in_pieces(seeds.size(), [&](std::size_t begin, std::size_t end) {
    add_rows(crawl, seeds.subspan(begin, end - begin), std::span(hosts).subspan(begin, end - begin), now, summary);
  });
}

}  // namespace wswp::frontier
