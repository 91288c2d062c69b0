#pragma once
// The control process: prepares the database before anybody else opens it, then serves the API on the socket the
// supervisor bound, and once a second sums up the crawls for the shared page.

#include <functional>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "daemon/shared_page.h"

namespace wswp::daemon {

struct ControlJob {
  config::Settings settings;
  std::function<Result<config::Settings>()> load_settings;  // checks what a reload would read
  SharedPage* page = nullptr;
  int listen_fd = -1;
  std::vector<int> wake_fds;      // eventfd of each worker
  int ready_fd = -1;              // eventfd: tells the supervisor to look at the page
  bool prepare_database = false;  // no worker runs: migrate, and void all leases
};

/// Runs in the child's main thread, SIGTERM blocked. Returns the exit status; kExitCannotStart where the database is
/// one no new start will open.
int run_control(const ControlJob& job);

}  // namespace wswp::daemon
