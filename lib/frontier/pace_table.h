#pragma once
// How hosts have answered lately: the table `host_pace`, which has a row only where there is something to say (a
// claim reads it together with all else that is known of a host). All calls stand inside a transaction of the caller.

#include "frontier/types.h"
#include "store/database.h"

namespace wswp::frontier {

class PaceTable {
 public:
  explicit PaceTable(store::Database& database);

  void put(HostId host, const HostPace& pace);

 private:
  store::Statement put_, remove_;
};

}  // namespace wswp::frontier
