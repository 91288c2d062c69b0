#pragma once
// simweb's request log, read back: what a crawler asked, when, and over which connection. A loop over a log that is
// empty passes whatever it checks: so whoever reads one says how much must be in it.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace wswp::test {

struct LoggedRequest {
  std::int64_t mono_us = 0;
  std::string host;  // as in the Host header
  std::string method;
  std::string target;
  std::uint64_t connection = 0;
  std::string answer;  // a status or the name of a fault
  std::string user_agent;

  bool asks_robots() const { return target == "/robots.txt"; }
};

/// In the order of time.
std::vector<LoggedRequest> parse_request_log(std::string_view text);

/// Fails the test where fewer than `least_hosts` were asked.
std::map<std::string, std::vector<LoggedRequest>> by_host(const std::vector<LoggedRequest>& requests,
                                                          std::size_t least_hosts);

/// How often each "host target" was asked for.
std::map<std::string, int> count_targets(const std::vector<LoggedRequest>& requests);

/// Fails the test where two successive requests are closer than `least_ms`, less the 2 ms a clock read in milliseconds
/// may be off, and where there are no two. `requests` in the order of time.
void expect_gaps(const std::vector<LoggedRequest>& requests, std::int64_t least_ms);

/// Fails the test where any n successive gaps sum up to less than n × `step_ms`, less `late_ms`: a busy machine may
/// send a request late, which shortens the gap behind it but lets no request come before its time. Fails it where there
/// are no two requests.
void expect_pace(const std::vector<LoggedRequest>& requests, std::int64_t step_ms, std::int64_t late_ms);

}  // namespace wswp::test
