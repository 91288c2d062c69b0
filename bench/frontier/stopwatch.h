#pragma once
// CPU time of the process (all threads, user and system) and elapsed time since it was made. One thread.

#include <ctime>

namespace wswp::bench {

struct Spent {
  double cpu_us = 0, wall_us = 0;

  Spent& operator+=(const Spent& other) {
    cpu_us += other.cpu_us;
    wall_us += other.wall_us;
    return *this;
  }
  Spent operator/(double count) const { return {.cpu_us = cpu_us / count, .wall_us = wall_us / count}; }
};

class Stopwatch {
 public:
  Spent spent() const {
    return {.cpu_us = now_us(CLOCK_PROCESS_CPUTIME_ID) - cpu_us_, .wall_us = now_us(CLOCK_MONOTONIC) - wall_us_};
  }

  static double now_us(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
  }

 private:
  double cpu_us_ = now_us(CLOCK_PROCESS_CPUTIME_ID);
  double wall_us_ = now_us(CLOCK_MONOTONIC);
};

}  // namespace wswp::bench
