#include "frontier/host_directory.h"

#include <xxhash.h>

#include <cstddef>
#include <vector>

namespace wswp::frontier {

std::int64_t host_key(std::string_view origin) {
  return static_cast<std::int64_t>(XXH3_64bits(origin.data(), origin.size()) >> 22);
}

HostDirectory::HostDirectory(store::Database& database)
    : lookup_(database, "select host_id from host_key where key = ?"),
      insert_key_(database, "insert into host_key (key, host_id) values (?, ?) on conflict do nothing"),
      insert_(database, "insert into host (id, origin, added_at) values (?, ?, ?) on conflict do nothing"),
      read_(database, "select origin from host where id = ?"),
      take_ids_(database, "update meta set value = value + ?1 where key = 'next_host_id' returning value - ?1"),
      listed_(database, "listed_host",
              {{"key", [](const ListedHost& host) -> store::RowValue { return host.key; }},
               {"id", [](const ListedHost& host) -> store::RowValue { return host.id; }},
               {"origin", [](const ListedHost& host) -> store::RowValue { return host.origin; }}}),
      insert_listed_keys_(database,
                          "insert into host_key (key, host_id) select key, id from listed_host "
                          "where true on conflict do nothing"),
      lookup_listed_(database, "select k.host_id from listed_host l cross join host_key k on k.key = l.key"),
      insert_listed_(database,
                     "insert into host (id, origin, added_at) select id, origin, ?1 from listed_host "
                     "where true on conflict do nothing") {}

HostDirectory::Holder HostDirectory::holder_of(HostId id, std::string_view origin) {
  read_.bind(id);
  if (!read_.step()) return Holder::kNobody;
  const Holder holder = read_.text(0) == origin ? Holder::kThisOrigin : Holder::kOther;
  read_.reset();
  return holder;
}

std::optional<HostId> HostDirectory::find(std::string_view origin) {
  for (std::int64_t key = host_key(origin);; ++key) {
    lookup_.bind(key);
    if (!lookup_.step()) return std::nullopt;
    const HostId id = lookup_.integer(0);
    lookup_.reset();
    if (has(id, origin)) return id;
  }
}

HostId HostDirectory::reserve(std::string_view origin, std::int64_t key, HostId wanted) {
  for (;; ++key) {
    if (insert_key_.run(key, wanted) > 0) return wanted;  // first, as most hosts of a list are new
    lookup_.bind(key);
    const HostId id = lookup_.step() ? lookup_.integer(0) : wanted;
    lookup_.reset();
    if (holder_of(id, origin) != Holder::kOther) return id;
  }
}

void HostDirectory::reserve(std::span<ListedHost> hosts) {
  listed_.set(hosts);
  if (static_cast<std::size_t>(insert_listed_keys_.run()) == hosts.size()) return;
  std::vector<HostId> holders;
  lookup_listed_.bind();
  while (lookup_listed_.step()) holders.push_back(lookup_listed_.integer(0));
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    ListedHost& host = hosts[i];
    if (holders[i] == host.id) continue;
    host.id = has(holders[i], host.origin) ? holders[i] : reserve(host.origin, host.key, host.id);
  }
}

bool HostDirectory::create(HostId id, std::string_view origin, ScheduleMs now) {
  return insert_.run(id, origin, now) > 0 || has(id, origin);
}

void HostDirectory::create(std::span<ListedHost> hosts, ScheduleMs now) {
  listed_.set(hosts);
  if (static_cast<std::size_t>(insert_listed_.run(now)) == hosts.size()) return;
  for (ListedHost& host : hosts) host.id = ensure(host.id, host.origin, now);
}

HostId HostDirectory::ensure(HostId id, std::string_view origin, ScheduleMs now) {
  return has(id, origin) || create(id, origin, now) ? id : find_or_create(origin, now);
}

HostId HostDirectory::find_or_create(std::string_view origin, ScheduleMs now) {
  const std::optional<HostId> known = find(origin);
  return known ? *known : add(origin, now);
}

HostId HostDirectory::add(std::string_view origin, ScheduleMs now) {
  for (;;) {
    const HostId id = reserve(origin, host_key(origin), take_ids(1));
    if (create(id, origin, now)) return id;
  }
}

HostId HostDirectory::take_ids(std::int64_t count) {
  take_ids_.bind(count);
  const HostId first = take_ids_.step() ? take_ids_.integer(0) : 0;
  take_ids_.reset();
  return first;
}

}  // namespace wswp::frontier
