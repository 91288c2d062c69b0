#pragma once
// The clocks of the machine, with the daemon's schedule time: its offset is on the shared page as soon as the control
// process has settled it, before any worker runs. Any thread.

#include "base/clock.h"
#include "daemon/shared_page.h"

namespace wswp::daemon {

class DaemonClock final : public Clock {
 public:
  explicit DaemonClock(const SharedPage& page) : page_(page) {}
  WallMs wall_ms() const override { return SystemClock().wall_ms(); }
  MonoMs mono_ms() const override { return SystemClock().mono_ms(); }
  ScheduleMs schedule_ms() const override { return SystemClock(page_.schedule_offset_ms).schedule_ms(); }

 private:
  const SharedPage& page_;
};

}  // namespace wswp::daemon
