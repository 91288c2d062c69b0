#pragma once
// What visits have taught us of hosts, for all crawls: the table `host_state`. The first visit of a host makes its row,
// or what comes of it where it is lost; a claim reads it together with the host's place in the queue. All calls stand
// inside a transaction of the caller.

#include "frontier/types.h"
#include "store/database.h"

namespace wswp::frontier {

class HostStates {
 public:
  explicit HostStates(store::Database& database);

  /// No request to the host before `ready_at`, or what was said earlier if that is later.
  void rest(HostId host, ScheduleMs ready_at);
  /// Its robots.txt was asked for; and rest().
  void put_robots(HostId host, const RobotsRecord& robots, ScheduleMs ready_at);
  void put_pace(HostId host, const HostPace& pace, ScheduleMs ready_at);

 private:
  store::Statement rest_, put_robots_, put_pace_;
};

}  // namespace wswp::frontier
