#include "crash/kill_log.h"

#include <algorithm>
#include <ctime>
#include <map>

#include <gtest/gtest.h>

namespace wswp::test {
namespace {

/// How long a page may be in flight: simweb answers within some milliseconds, the rest is the machine's.
constexpr std::int64_t kLongestFlightUs = 1'500'000;
/// A request is logged when simweb comes to read it, which may be after the death of whoever sent it.
constexpr std::int64_t kLoggedLateUs = 150'000;

std::string page_of(const LoggedRequest& request) {
  return request.host + " " + request.target;
}

}  // namespace

std::int64_t mono_us() {
  timespec t{};
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<std::int64_t>(t.tv_sec) * 1'000'000 + t.tv_nsec / 1000;
}

void KillLog::recorded(const std::vector<std::string>& urls) {
  Recorded recorded{.at_us = mono_us(), .pages = {}};
  for (const std::string& url : urls) {
    const std::size_t host = url.find("//") + 2;
    const std::size_t path = url.find('/', host);
    recorded.pages.insert(url.substr(host, path - host) + " " + url.substr(path));
  }
  recorded_.push_back(std::move(recorded));
}

bool KillLog::killed_between(std::int64_t begin_us, std::int64_t end_us) const {
  return std::any_of(kills_.begin(), kills_.end(), [&](const Moment& kill) {
    return kill.first_us <= end_us && kill.last_us >= begin_us - kLoggedLateUs;
  });
}

void KillLog::expect_nothing_twice(const std::vector<LoggedRequest>& requests) const {
  std::map<std::string, std::int64_t> last_us;
  for (const LoggedRequest& request : requests) {
    if (request.asks_robots()) continue;
    const std::string page = page_of(request);
    if (const auto last = last_us.find(page); last != last_us.end()) {
      EXPECT_TRUE(killed_between(last->second, std::min(request.mono_us, last->second + kLongestFlightUs)))
          << page << " is asked for at " << last->second << " and " << request.mono_us << " us, no kill between";
    }
    last_us[page] = request.mono_us;
  }
  for (const Recorded& recorded : recorded_) {
    for (const auto& [page, us] : last_us) {
      EXPECT_FALSE(us > recorded.at_us && recorded.pages.contains(page)) << page << " had been recorded";
    }
  }
}

void KillLog::expect_delay(const std::vector<LoggedRequest>& requests, std::int64_t delay_ms, std::size_t least_hosts) {
  for (const auto& [host, of_host] : by_host(requests, least_hosts)) {
    for (std::size_t i = 1; i < of_host.size(); ++i) {
      if (of_host[i - 1].asks_robots() && !of_host[i].asks_robots()) continue;
      expect_gaps({of_host[i - 1], of_host[i]}, delay_ms);
    }
  }
}

}  // namespace wswp::test
