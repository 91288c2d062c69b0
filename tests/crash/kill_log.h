#pragma once
// What a crawl that was killed again and again must still be true to, judged by what the sites saw. One thread.

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "support/request_log.h"

namespace wswp::test {

/// CLOCK_MONOTONIC in microseconds, as in simweb's log.
std::int64_t mono_us();

class KillLog {
 public:
  /// Some process was killed, or may have been, at an instant between `since_us` and now.
  void killed(std::int64_t since_us) { kills_.push_back({.first_us = since_us, .last_us = mono_us()}); }
  /// Nothing of the daemon runs, and these URLs had an outcome: from now on nobody may ask for them.
  void recorded(const std::vector<std::string>& urls);
  std::size_t kills() const { return kills_.size(); }

  /// Fails the test where a page is asked for that had been recorded, or is asked for twice although no kill had caught
  /// it in flight.
  void expect_nothing_twice(const std::vector<LoggedRequest>& requests) const;
  /// Fails the test where two requests to a host are closer than `delay_ms`, and where fewer hosts than that were
  /// asked; a page may follow its robots.txt at once.
  static void expect_delay(const std::vector<LoggedRequest>& requests, std::int64_t delay_ms, std::size_t least_hosts);

 private:
  bool killed_between(std::int64_t begin_us, std::int64_t end_us) const;

  struct Moment {
    std::int64_t first_us, last_us;
  };
  struct Recorded {
    std::int64_t at_us;
    std::set<std::string> pages;  // "host target"
  };
  std::vector<Moment> kills_;
  std::vector<Recorded> recorded_;
};

}  // namespace wswp::test
