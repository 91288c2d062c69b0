#include "support/request_log.h"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

namespace wswp::test {

std::vector<LoggedRequest> parse_request_log(std::string_view text) {
  std::vector<LoggedRequest> requests;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    std::array<std::string, 7> fields;
    for (std::string& field : fields) {
      field = line.substr(0, line.find('\t'));
      line.remove_prefix(std::min(line.size(), field.size() + 1));
    }
    requests.push_back({.mono_us = std::stoll(fields[0]),
                        .host = fields[1],
                        .method = fields[2],
                        .target = fields[3],
                        .connection = std::stoull(fields[4]),
                        .answer = fields[5],
                        .user_agent = fields[6]});
  }
  std::stable_sort(requests.begin(), requests.end(),
                   [](const LoggedRequest& a, const LoggedRequest& b) { return a.mono_us < b.mono_us; });
  return requests;
}

std::map<std::string, std::vector<LoggedRequest>> by_host(const std::vector<LoggedRequest>& requests,
                                                          std::size_t least_hosts) {
  std::map<std::string, std::vector<LoggedRequest>> hosts;
  for (const LoggedRequest& request : requests) hosts[request.host].push_back(request);
  EXPECT_GE(hosts.size(), least_hosts) << "hosts that were asked";
  return hosts;
}

std::map<std::string, int> count_targets(const std::vector<LoggedRequest>& requests) {
  std::map<std::string, int> counts;
  for (const LoggedRequest& request : requests) ++counts[request.host + " " + request.target];
  return counts;
}

void expect_gaps(const std::vector<LoggedRequest>& requests, std::int64_t least_ms) {
  EXPECT_GE(requests.size(), 2U) << "requests, which no gap is between";
  for (std::size_t i = 1; i < requests.size(); ++i) {
    const LoggedRequest& one = requests[i - 1];
    const LoggedRequest& other = requests[i];
    EXPECT_GE(other.mono_us - one.mono_us, (least_ms - 2) * 1000)
        << one.host << one.target << " and " << other.host << other.target;
  }
}

void expect_pace(const std::vector<LoggedRequest>& requests, std::int64_t step_ms, std::int64_t late_ms) {
  EXPECT_GE(requests.size(), 2U) << "requests, which no gap is between";
  for (std::size_t i = 0; i < requests.size(); ++i) {
    for (std::size_t j = i + 1; j < requests.size(); ++j) {
      const std::int64_t least_us = (static_cast<std::int64_t>(j - i) * step_ms - late_ms) * 1000;
      EXPECT_GE(requests[j].mono_us - requests[i].mono_us, least_us) << requests[i].host << " and " << requests[j].host;
    }
  }
}

}  // namespace wswp::test
