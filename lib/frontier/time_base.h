#pragma once
// Where schedule time (base/clock.h) comes from: the database keeps the offset from the time since boot, so that every
// run of the daemon goes on in the same scale.
//
//   same boot as the last run   the stored offset: whatever happened to the wall clock meanwhile is not noticed
//   another boot                wall time, but not before the last schedule time that was noted
//
// So time that waits are measured in never goes back, and jumps forward only with a reboot.

#include "base/clock.h"
#include "store/database.h"

namespace wswp::frontier {

class TimeBase {
 public:
  explicit TimeBase(store::Database& database);

  /// The offset of this run: schedule time is `boot.since_ms` plus it. Called once a run, before anybody schedules.
  std::int64_t settle(const BootInstant& boot, WallMs wall);
  /// Notes how far time has come, for the next boot, and how far wall time is from it, for the views.
  void note(ScheduleMs now, WallMs wall);

 private:
  store::Database& database_;
  store::Statement read_, settle_, note_;
};

}  // namespace wswp::frontier
