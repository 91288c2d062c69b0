#pragma once
// A daemon and a hostile web: rounds of a crawl, each of its own seed, and what must be true after each. Failures are
// those of the test, with the seed and the answers that have a part in them. One thread.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "dns_end.h"
#include "explanation.h"
#include "support/daemon.h"
#include "web.h"

namespace wswp::fuzz {

class Campaign {
 public:
  explicit Campaign(Web web);
  ~Campaign();
  Campaign(const Campaign&) = delete;
  Campaign& operator=(const Campaign&) = delete;

  /// A crawl of sites that this seed makes; fails the test if anything is wrong in the end.
  void play(std::uint64_t seed);
  /// Stops the daemon: it must end well, and leave a database that is in order.
  void finish();
  std::size_t requests() const { return log_.total(); }

 private:
  test::Config config(int transfers) const;
  std::string url_of(const Asked& asked) const;
  std::vector<std::string> environment() const;
  Delivery answer(const Asked& asked) const;
  std::string list_of(std::uint64_t seed);
  /// Whether the crawl ends before a worker dies.
  bool await_end(const std::string& crawl);
  /// That of the daemon, from its socket: wswpctl would cost more than what it watches.
  nlohmann::json status() const;
  /// Whether no worker has died; else the daemon is stopped, and the culprit sought.
  bool expect_all_alive();
  void expect_bounded_memory();
  void expect_quiet_log();
  void expect_explained(const std::string& crawl);
  /// Plays the last answers again, one after the other, to a daemon that has one transfer at a time, and describes the
  /// one at which its worker dies; all of them, if it does not.
  std::string culprit();
  std::string described(const Asked& asked, std::size_t most) const;

  const Web web_;
  std::atomic<std::uint64_t> seed_{0};  // of the round
  AskedLog log_;
  HostileServer server_;
  std::unique_ptr<DnsEnd> names_;  // if they are hostile
  test::Daemon daemon_;
  std::vector<std::string> urls_;  // of the round
  std::vector<pid_t> workers_;
};

}  // namespace wswp::fuzz
