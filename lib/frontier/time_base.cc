#include "frontier/time_base.h"

#include <algorithm>

namespace wswp::frontier {

TimeBase::TimeBase(store::Database& database)
    : database_(database),
      read_(database, "select boot, offset_ms, seen_ms from clock"),
      settle_(database, "update clock set boot = ?, offset_ms = ?, seen_ms = ?, wall_ahead_ms = ?"),
      note_(database, "update clock set seen_ms = ?, wall_ahead_ms = ?") {}

std::int64_t TimeBase::settle(const BootInstant& boot, WallMs wall) {
  store::Transaction transaction(database_);
  read_.bind();
  if (!read_.step()) throw std::logic_error("frontier: the table clock is empty");
  const bool same_boot = !boot.boot.empty() && read_.text(0) == boot.boot;
  const std::int64_t offset = same_boot ? read_.integer(1) : std::max(wall, read_.integer(2)) - boot.since_ms;
  read_.reset();
  const ScheduleMs now = boot.since_ms + offset;
  settle_.run(boot.boot, offset, now, wall - now);
  transaction.commit();
  return offset;
}

void TimeBase::note(ScheduleMs now, WallMs wall) {
  note_.run(now, wall - now);
}

}  // namespace wswp::frontier
