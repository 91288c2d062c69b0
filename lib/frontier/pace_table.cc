#include "frontier/pace_table.h"

namespace wswp::frontier {

PaceTable::PaceTable(store::Database& database)
    : put_(database, "insert or replace into host_pace (host_id, failures, answer_ms) values (?, ?, ?)"),
      remove_(database, "delete from host_pace where host_id = ?") {}

void PaceTable::put(HostId host, const HostPace& pace) {
  if (pace == HostPace{}) {
    remove_.run(host);
  } else {
    put_.run(host, pace.failures, pace.answer_ms);
  }
}

}  // namespace wswp::frontier
