#pragma once
// Time, injected: logic takes a Clock (or an instant) and never asks the system itself, so that a test decides what
// time it is. Two scales, never mixed: wall time is stored and shown, monotonic time measures.

#include <atomic>
#include <cstdint>
#include <string>

namespace wswp {

/// Milliseconds since 1970-01-01T00:00:00Z. May jump when somebody sets the clock.
using WallMs = std::int64_t;
/// Milliseconds since an arbitrary start; never jumps, and is the same in all processes of a machine.
using MonoMs = std::int64_t;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual WallMs wall_ms() const = 0;
  virtual MonoMs mono_ms() const = 0;
};

/// The machine's clocks (CLOCK_REALTIME, CLOCK_MONOTONIC). Any thread.
class SystemClock final : public Clock {
 public:
  WallMs wall_ms() const override;
  MonoMs mono_ms() const override;
};

/// A clock that stands still until it is told otherwise. Any thread.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(WallMs start) : now_(start) {}
  WallMs wall_ms() const override { return now_; }
  MonoMs mono_ms() const override { return now_; }
  void advance(std::int64_t milliseconds) { now_ += milliseconds; }

 private:
  std::atomic<std::int64_t> now_;
};

/// `time` in UTC as ISO 8601 with milliseconds, "2026-01-02T03:04:05.678Z".
std::string iso8601(WallMs time);

}  // namespace wswp
