#pragma once
// Origins to host ids and back: the tables `host` and `host_key`. Ids grow in the order in which lists name their
// hosts, so that everything else that is keyed by host is written and read in sequence; only host_key is hashed, and
// bulk adding walks it in key order (see SeedAdder). All calls stand inside a transaction of the caller.
//
// A host_key entry without its host row is a reservation: an id that was given to the origin by an add that has not
// come to its row yet, or never will. Whoever needs that origin first makes the row, with that id.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "frontier/types.h"
#include "store/database.h"
#include "store/row_table.h"

namespace wswp::frontier {

/// The first key to try for an origin: 42 bits of XXH3, which SQLite stores in six bytes; probing bears the rare
/// collision.
std::int64_t host_key(std::string_view origin);

/// A host of a list on its way into the tables.
struct ListedHost {
  std::int64_t key = 0;  // host_key() of its origin
  HostId id = 0;
  std::string_view origin;
};

class HostDirectory {
 public:
  explicit HostDirectory(store::Database& database);

  std::optional<HostId> find(std::string_view origin);
  /// The host's id; makes the host where it is missing.
  HostId find_or_create(std::string_view origin, ScheduleMs now);

  /// Makes a host that find() does not know.
  HostId add(std::string_view origin, ScheduleMs now);

  /// Takes `count` ids in a row; returns the first.
  HostId take_ids(std::int64_t count);
  /// Reserves for each origin the id that it comes with, or replaces that by the one that stands for the origin
  /// already. In the order of their keys; no origin comes twice.
  void reserve(std::span<ListedHost> hosts);
  /// Makes the rows of reserved ids, on the guess that all are missing. Replaces an id that is another origin's by now
  /// (two origins of one hash).
  void create(std::span<ListedHost> hosts, ScheduleMs now);
  /// The same for one, which probably has its row.
  HostId ensure(HostId id, std::string_view origin, ScheduleMs now);

 private:
  enum class Holder { kNobody, kThisOrigin, kOther };
  /// Who has the id of the entry the cursor stands on.
  Holder holder_of(HostId id, std::string_view origin);
  bool has(HostId id, std::string_view origin) { return holder_of(id, origin) == Holder::kThisOrigin; }
  /// The id that stands for the origin, or `wanted`, which is then reserved for it.
  HostId reserve(std::string_view origin, std::int64_t key, HostId wanted);
  /// False: the id is another origin's.
  bool create(HostId id, std::string_view origin, ScheduleMs now);

  store::Statement lookup_, insert_key_, insert_, read_, take_ids_;
  store::RowTable<ListedHost> listed_;  // what these read:
  store::Statement insert_listed_keys_, lookup_listed_, insert_listed_;
};

}  // namespace wswp::frontier
