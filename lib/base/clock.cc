#include "base/clock.h"

#include <ctime>
#include <fstream>

#include <fmt/format.h>

namespace wswp {
namespace {

std::int64_t read_ms(clockid_t id) {
  timespec t{};
  clock_gettime(id, &t);
  return static_cast<std::int64_t>(t.tv_sec) * 1000 + t.tv_nsec / 1'000'000;
}

}  // namespace

WallMs SystemClock::wall_ms() const {
  return read_ms(CLOCK_REALTIME);
}
MonoMs SystemClock::mono_ms() const {
  return read_ms(CLOCK_MONOTONIC);
}
ScheduleMs SystemClock::schedule_ms() const {
  return read_ms(CLOCK_BOOTTIME) + schedule_offset_ms_;
}

BootInstant boot_now() {
  BootInstant instant;
  instant.since_ms = read_ms(CLOCK_BOOTTIME);
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::getline(file, instant.boot);
  return instant;
}

std::string iso8601(WallMs time) {
  const std::int64_t milliseconds = ((time % 1000) + 1000) % 1000;
  const std::time_t seconds = (time - milliseconds) / 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
                     utc.tm_hour, utc.tm_min, utc.tm_sec, milliseconds);
}

}  // namespace wswp
