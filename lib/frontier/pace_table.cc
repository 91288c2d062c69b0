#include "frontier/pace_table.h"

namespace wswp::frontier {

PaceTable::PaceTable(store::Database& database)
    : read_(database, "select failures, answer_ms from host_pace where host_id = ?"),
      put_(database, "insert or replace into host_pace (host_id, failures, answer_ms) values (?, ?, ?)"),
      remove_(database, "delete from host_pace where host_id = ?") {}

HostPace PaceTable::of(HostId host) {
  HostPace pace;
  read_.bind(host);
  if (read_.step()) pace = {.failures = static_cast<int>(read_.integer(0)), .answer_ms = read_.integer(1)};
  read_.reset();
  return pace;
}

void PaceTable::put(HostId host, const HostPace& pace) {
  if (pace == HostPace{}) {
    remove_.run(host);
  } else {
    put_.run(host, pace.failures, pace.answer_ms);
  }
}

}  // namespace wswp::frontier
