#pragma once
// What the resources of the API stand on. Any thread.
//
// Connections are separate by how long they may be busy, so that a question is answered at once whatever else goes on:
// one for quick reads, one for small changes, which may wait for a writer, one for adding lists. Long answers share a
// few (long_reports()), others have one of their own (reports()). All are opened when they are first needed: the socket
// answers before the database is ready, and also where it cannot be opened yet.

#include <sys/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "config/settings.h"
#include "daemon/api/chores.h"
#include "daemon/api/guarded.h"
#include "daemon/api/progress.h"
#include "daemon/api/report_pool.h"
#include "daemon/log_watch.h"
#include "daemon/shared_page.h"
#include "frontier/frontier.h"
#include "frontier/reports.h"
#include "frontier/sqlite_frontier.h"

namespace wswp::api {

class Context {
 public:
  using LoadSettings = std::function<Result<config::Settings>()>;

  /// `page`, `clock`, `progress` and `log` outlive it.
  Context(config::Settings settings, std::string database, daemon::SharedPage* page, std::vector<int> wake_fds,
          LoadSettings load_settings, pid_t supervisor, const Clock& clock, Progress& progress,
          const daemon::LogWatch& log);
  ~Context() { stopping_.request_stop(); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  const config::Settings& settings() const { return settings_; }
  /// Path of the database file.
  const std::string& database() const { return database_; }
  const daemon::SharedPage& page() const { return *page_; }
  const Clock& clock() const { return clock_; }
  Progress& progress() const { return progress_; }
  const daemon::LogWatch& log() const { return log_; }

  /// The database is up to date, and the control process ready.
  bool ready() const { return page_->control.ready; }
  /// These wait for ready(), for as long as nothing is known to be in its way; then they throw frontier::Unavailable.
  std::vector<frontier::Crawl> crawls();
  std::optional<frontier::Crawl> find_crawl(const std::string& name);
  Result<frontier::Crawl> open_crawl(const std::string& name, const frontier::CrawlPatch& patch);
  bool set_paused(const std::string& name, bool paused);
  /// Begins to take the failures of a crawl back; how many. Nothing: there is no crawl of that name.
  std::optional<std::int64_t> retry(const std::string& name);
  /// Begins to delete a crawl. False: there is none of that name.
  bool remove(const std::string& name);
  void add(frontier::CrawlId crawl, const frontier::SeedList& seeds, frontier::AddSummary& summary);
  std::unique_ptr<frontier::Reports> reports() const;
  ReportPool& long_reports() { return long_reports_; }

  /// Tells every worker that there may be new work.
  void wake_workers() const;

  /// What a reload would read.
  Result<config::Settings> load_settings() const { return load_settings_(); }
  /// Sends the supervisor a signal.
  void signal_supervisor(int signal) const;

  /// Long requests, and those that wait for ready(), break off when this is requested, at the latest at the end.
  std::stop_source& stopping() { return stopping_; }

 private:
  using Connection = Guarded<std::unique_ptr<frontier::Frontier>>;  // null: not opened yet

  void await_ready() const;
  std::unique_ptr<frontier::Frontier> open(frontier::FrontierOptions options) const;
  template <class Use>
  decltype(auto) with(Connection& connection, const frontier::FrontierOptions& options, Use&& use);

  const config::Settings settings_;
  const std::string database_;
  daemon::SharedPage* const page_;
  const std::vector<int> wake_fds_;
  const LoadSettings load_settings_;
  const pid_t supervisor_;
  const Clock& clock_;
  Progress& progress_;
  const daemon::LogWatch& log_;
  std::stop_source stopping_;  // before who looks at it
  Connection reads_{nullptr}, changes_{nullptr}, adds_{nullptr};
  ReportPool long_reports_;
  Chores chores_;  // last: its thread uses the others
};

}  // namespace wswp::api
