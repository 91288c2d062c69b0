#pragma once
// What the server has done so far. Counters are independent atomics: any thread counts, any thread reads.

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "simweb/answer.h"

namespace wswp::simweb {

class Statistics {
 public:
  void count_connection() { add(connections_); }
  void count_dns_query() { add(dns_queries_); }
  void count_answer(const Answer& answer) {
    add(requests_);
    if (answer.fault == Fault::kNone)
      add(statuses_[static_cast<std::size_t>(answer.status) % kStatuses]);
    else
      add(faults_[static_cast<std::size_t>(answer.fault)]);
  }
  void close_connection() { add(closed_); }

  /// {"requests", "connections", "connections_open", "dns_queries", "statuses": {"200": …}, "faults": {"stall": …}}
  std::string json() const;

 private:
  static constexpr std::size_t kStatuses = 600;
  static constexpr std::size_t kFaults = 7;
  using Counter = std::atomic<std::uint64_t>;
  static void add(Counter& counter) { counter.fetch_add(1, std::memory_order_relaxed); }

  Counter requests_{0};
  Counter connections_{0};
  Counter closed_{0};
  Counter dns_queries_{0};
  std::array<Counter, kStatuses> statuses_{};
  std::array<Counter, kFaults> faults_{};
};

/// The requests for pages that recover, counted for as long as the process lives. Any thread.
class SharedAttempts final : public Attempts {
 public:
  unsigned count(std::uint64_t key) override {
    const std::lock_guard lock(mutex_);
    return counts_[key]++;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::uint64_t, unsigned> counts_;
};

}  // namespace wswp::simweb
