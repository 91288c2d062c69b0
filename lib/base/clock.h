#pragma once
// Time, injected: logic takes a Clock (or an instant) and never asks the system itself, so that a test decides what
// time it is. Three scales, never mixed:
//
//   wall       when something happened, for people     may jump when somebody sets the clock
//   monotonic  how long something takes                never jumps; forgotten when the machine restarts
//   schedule   when something is due, stored           never jumps, and goes on across restarts of the daemon
//
// Schedule time is the time since boot plus an offset that the frontier keeps (frontier/time_base.h). It starts as wall
// time and then runs evenly whatever is done to the wall clock.

#include <atomic>
#include <cstdint>
#include <string>

namespace wswp {

/// Milliseconds since 1970-01-01T00:00:00Z. May jump when somebody sets the clock.
using WallMs = std::int64_t;
/// Milliseconds since an arbitrary start; never jumps, and is the same in all processes of a machine.
using MonoMs = std::int64_t;
/// Milliseconds since about 1970-01-01T00:00:00Z; never jumps, and is the same in all processes of a daemon.
using ScheduleMs = std::int64_t;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual WallMs wall_ms() const = 0;
  virtual MonoMs mono_ms() const = 0;
  virtual ScheduleMs schedule_ms() const = 0;
};

/// The machine's clocks (CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME). Any thread.
class SystemClock final : public Clock {
 public:
  /// `schedule_offset_ms`: from time since boot to schedule time; a process that schedules nothing needs none.
  explicit SystemClock(std::int64_t schedule_offset_ms = 0) : schedule_offset_ms_(schedule_offset_ms) {}
  WallMs wall_ms() const override;
  MonoMs mono_ms() const override;
  ScheduleMs schedule_ms() const override;

 private:
  const std::int64_t schedule_offset_ms_;
};

/// A clock that stands still until it is told otherwise. Any thread.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(WallMs start) : now_(start) {}
  WallMs wall_ms() const override { return now_; }
  MonoMs mono_ms() const override { return now_; }
  ScheduleMs schedule_ms() const override { return now_; }
  void advance(std::int64_t milliseconds) { now_ += milliseconds; }

 private:
  std::atomic<std::int64_t> now_;
};

/// An instant as the kernel counts it. Instants of one boot can be compared, also between processes that never met.
struct BootInstant {
  std::string boot;           // names the boot (/proc/sys/kernel/random/boot_id); empty: unknown
  std::int64_t since_ms = 0;  // time since then, sleep of the machine included (CLOCK_BOOTTIME)
};
BootInstant boot_now();

/// `time` in UTC as ISO 8601 with milliseconds, "2026-01-02T03:04:05.678Z".
std::string iso8601(WallMs time);

}  // namespace wswp
