#pragma once
// A crawl as chance will have it, through the real frontier: what control and workers do in a day, in one thread, on
// connections with little memory that checkpoint often. Every call that does not return has lost the power and throws
// frontier::Unavailable, or what is thrown is a bug.

#include <memory>
#include <string>
#include <vector>

#include "frontier/sqlite_frontier.h"
#include "support/dice.h"

struct sqlite3;

namespace wswp::power {

using test::Dice;

struct ScriptOptions {
  bool never_sync = false;  // connections with synchronous = off, to see that it is noticed
};

class CrawlScript {
 public:
  CrawlScript(std::string path, Dice& dice, WallMs now, const ScriptOptions& options)
      : path_(std::move(path)),
        dice_(dice),
        options_(options),
        boot_(std::to_string(dice.next())),
        wall_at_boot_(now) {}

  /// As the daemon does: migrates, settles what time it is, voids the leases of the last run, and opens one connection
  /// or more.
  void start(std::size_t most_workers);
  /// Does something.
  void step();
  /// Closes all connections, in any order; visits that are out are forgotten.
  void stop();
  /// Crawls until nothing is pending. Returns what went wrong, or "".
  std::string finish();

 private:
  struct Worker {
    std::unique_ptr<frontier::Frontier> frontier;
    sqlite3* handle = nullptr;
    std::vector<frontier::Visit> visits;
  };

  ScheduleMs now() const { return up_ms_ + offset_; }
  Worker connect();
  frontier::Frontier& any() { return *workers_[dice_.below(workers_.size())].frontier; }
  std::string crawl_name() { return dice_.percent(70) ? "a" : "b"; }
  /// Of up to so many bytes.
  std::string text(std::size_t longest) { return std::string(longest, 'x').substr(dice_.below(longest + 1)); }
  url::Url url();

  // What step() chooses from.
  void add();
  void claim();
  void record();
  void replace_worker();
  void checkpoint();
  void change_mind();
  void restart();

  /// Of a visit that is over, or of its first URL, which then is taken out of it.
  frontier::VisitReport report(frontier::Visit& visit);
  frontier::UrlReport report(const frontier::VisitUrl& url);

  const std::string path_;
  Dice& dice_;
  const ScriptOptions options_;
  std::vector<Worker> workers_;
  const std::string boot_;  // names this life of the machine
  const WallMs wall_at_boot_;
  std::int64_t up_ms_ = 0;
  ScheduleMs offset_ = 0;
};

}  // namespace wswp::power
