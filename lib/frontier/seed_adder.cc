#include "frontier/seed_adder.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <vector>

#include "frontier/frontier.h"

namespace wswp::frontier {
namespace {

constexpr std::size_t kRowsPerStep = 1024;
}  // namespace

SeedAdder::SeedAdder(store::Database& database, CrawlTable& crawls, HostDirectory& hosts, UrlTable& urls)
    : database_(database), crawls_(crawls), hosts_(hosts), urls_(urls) {}

template <class Step>
void SeedAdder::in_transactions(std::size_t count, AddSummary& summary, Step&& step) {
  for (std::size_t begin = 0; begin < count;) {
    database_.give_way();
    store::Transaction transaction(database_);
    const auto begun = std::chrono::steady_clock::now();
    AddSummary added;
    do {
      const std::size_t end = std::min(count, begin + kRowsPerStep);
      step(begin, end, added);
      begin = end;
    } while (begin < count && !database_.should_commit(std::chrono::steady_clock::now() - begun));
    transaction.commit();
    summary.added += added.added;
    summary.duplicate += added.duplicate;
  }
}

SeedAdder::ResolvedHosts SeedAdder::resolve_hosts(const SeedList& seeds, AddSummary& summary) {
  const std::vector<KeyedSeed>& keyed = seeds.in_key_order();
  const auto repeats = [&](std::size_t i) {
    return i > 0 && keyed[i - 1].key == keyed[i].key &&
           seeds.origin(keyed[i - 1].index) == seeds.origin(keyed[i].index);
  };
  ResolvedHosts hosts{.ids = std::vector<HostId>(seeds.size())};
  in_transactions(keyed.size(), summary, [&](std::size_t begin, std::size_t end, AddSummary& /*adds no URL*/) {
    if (begin == 0) hosts.first_new = hosts_.take_ids(static_cast<std::int64_t>(seeds.size()));
    std::vector<ListedHost> listed;
    for (std::size_t i = begin; i < end; ++i) {
      const auto& [key, index] = keyed[i];
      if (!repeats(i)) listed.push_back({.key = key, .id = hosts.new_id(index), .origin = seeds.origin(index)});
    }
    hosts_.reserve(listed);
    auto next = listed.begin();
    for (std::size_t i = begin; i < end; ++i) {
      hosts.ids[keyed[i].index] = repeats(i) ? hosts.ids[keyed[i - 1].index] : (next++)->id;
    }
  });
  return hosts;
}

void SeedAdder::create_hosts(const SeedList& seeds, std::size_t begin, std::size_t end, ScheduleMs now,
                             ResolvedHosts& hosts) {
  std::vector<ListedHost> firsts;
  for (std::size_t i = begin; i < end; ++i) {
    if (hosts.is_first(i)) firsts.push_back({.key = 0, .id = hosts.ids[i], .origin = seeds.origin(i)});
  }
  hosts_.create(firsts, now);
  auto next = firsts.begin();
  for (std::size_t i = begin; i < end; ++i) {
    hosts.ids[i] = hosts.is_first(i) ? (next++)->id : hosts_.ensure(hosts.ids[i], seeds.origin(i), now);
  }
}

std::int64_t SeedAdder::add_urls(CrawlId crawl, const std::vector<Seed>& seeds, HostId first_new, HostId last_new) {
  // Those of hosts that are new to the crawl go in together.
  std::int64_t added = 0;
  const std::vector<HostId> known = urls_.known_hosts(crawl, first_new, last_new);
  std::vector<Seed> firsts;
  firsts.reserve(seeds.size());
  for (const Seed& seed : seeds) {
    if (seed.host >= first_new && seed.host <= last_new && !std::binary_search(known.begin(), known.end(), seed.host)) {
      firsts.push_back(seed);
    } else if (urls_.add({.crawl = crawl, .host = seed.host, .target = seed.target, .rank = seed.rank})) {
      ++added;
    }
  }
  const auto place = [](const Seed& seed) { return std::tie(seed.host, seed.target); };
  const auto in_order = [&](const Seed& a, const Seed& b) { return place(a) < place(b); };
  if (!std::is_sorted(firsts.begin(), firsts.end(), in_order)) {
    std::stable_sort(firsts.begin(), firsts.end(), in_order);
  }
  const auto same = [&](const Seed& a, const Seed& b) { return place(a) == place(b); };
  firsts.erase(std::unique(firsts.begin(), firsts.end(), same), firsts.end());
  urls_.add_seeds(crawl, firsts);
  return added + static_cast<std::int64_t>(firsts.size());
}

void SeedAdder::add_rows(CrawlId crawl, const SeedList& seeds, ResolvedHosts& hosts, std::size_t begin, std::size_t end,
                         ScheduleMs now, AddSummary& summary) {
  if (!crawls_.options(crawl)) throw CrawlRemoved();
  create_hosts(seeds, begin, end, now, hosts);

  const auto count = static_cast<std::int64_t>(end - begin);
  Rank rank = crawls_.take_ranks(crawl, count);
  std::vector<Seed> rows;
  rows.reserve(end - begin);
  for (std::size_t i = begin; i < end; ++i) {
    rows.push_back({.host = hosts.ids[i], .target = seeds.target(i), .rank = rank++});
  }
  const std::int64_t added = add_urls(crawl, rows, hosts.new_id(begin), hosts.new_id(end - 1));
  CounterChange change;
  change.total = change.pending = added;
  crawls_.apply(crawl, change);
  summary.added += added;
  summary.duplicate += count - added;
}

void SeedAdder::add(CrawlId crawl, const SeedList& seeds, ScheduleMs now, AddSummary& summary) {
  ResolvedHosts hosts = resolve_hosts(seeds, summary);
  in_transactions(seeds.size(), summary, [&](std::size_t begin, std::size_t end, AddSummary& added) {
    add_rows(crawl, seeds, hosts, begin, end, now, added);
  });
}

}  // namespace wswp::frontier
