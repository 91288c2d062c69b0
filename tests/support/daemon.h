#pragma once
// A wswpd in a private directory, and wswpctl to talk to it. The daemon's log is printed if the test has failed. The
// directory outlives its runs, so that a daemon can be started again on what the last one left. One thread.

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/csv.h"
#include "support/process.h"
#include "support/temp_dir.h"

namespace wswp::test {

/// "fetch.timeout" → a TOML value.
using Config = std::map<std::string, std::string>;

/// Two workers, short time limits and delays, every connection to `server`; what `changes` names is as it says.
Config crawl_config(const std::string& server, const Config& changes = {});

class Daemon {
 public:
  /// Writes the configuration; the daemon is not started yet.
  explicit Daemon(const Config& config, std::vector<std::string> environment = {});
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// Starts it and waits until it has started, or says what keeps it from that; throws std::runtime_error with the
  /// log if it does not.
  void start();
  /// Starts it and leaves it alone; wait() tells how it ended.
  void launch();
  void configure(const Config& config);
  void configure(const std::string& toml);

  /// SIGTERM; the exit status.
  std::optional<int> stop();
  std::optional<int> wait(std::chrono::milliseconds deadline = kPatience) { return process_->wait(deadline); }
  void kill_supervisor() { process_->kill(); }
  /// SIGKILL to all of its processes at once.
  void kill_all() { process_->kill_group(); }
  void signal(int number) { process_->signal(number); }
  bool running() { return process_->running(); }
  pid_t pid() const { return process_->pid(); }
  std::vector<pid_t> workers();
  /// All processes whose parent the supervisor is.
  std::vector<pid_t> children() const;

  /// wswpctl with --socket, run to its end.
  Finished ctl(std::vector<std::string> arguments, const std::string& input = "",
               std::chrono::milliseconds deadline = 2 * kPatience) const;
  /// The same with --json; fails the test and returns null unless it exits with 0.
  nlohmann::json ctl_json(std::vector<std::string> arguments, const std::string& input = "") const;
  /// The "urls" of a crawl; null if there is no such crawl.
  nlohmann::json urls(const std::string& crawl = "default") const;
  /// Whether `status` tells of a problem with this code.
  bool has_problem(const std::string& code) const;
  /// Adds a list from its content.
  nlohmann::json add(const std::string& list, std::vector<std::string> options = {}) const;
  /// `wswpctl status --wait`; fails the test if the crawls do not end.
  void wait_until_done() const;
  /// `wswpctl results --format csv` by URL; true and false are 1 and 0.
  std::map<std::string, CsvRow> results(const std::string& crawl = "default") const;

  const TempDir& directory() const { return directory_; }
  std::string config_file() const { return directory_.file("wswpd.toml"); }
  std::string data_dir() const { return directory_.file("data"); }
  std::string socket() const { return directory_.file("sock"); }
  std::string database() const { return data_dir() + "/wswp.db"; }
  /// Of all runs so far.
  std::string log() const;

  static std::string binary();
  static std::string ctl_binary();

 private:
  bool answers() const;

  TempDir directory_;
  std::vector<std::string> environment_;
  std::unique_ptr<Process> process_;
  std::string earlier_logs_;
};

}  // namespace wswp::test
