#pragma once
// The worker process: runs the threads of a crawl::WorkerPool until SIGTERM.

#include "config/settings.h"
#include "daemon/shared_page.h"

namespace wswp::daemon {

struct WorkerJob {
  int number = 0;
  config::Settings settings;
  SharedPage* page = nullptr;
  int wake_fd = -1;   // eventfd: the frontier was changed
  int ready_fd = -1;  // eventfd: tells the supervisor to look at the page
};

/// Runs in the child's main thread, SIGTERM blocked. Returns the exit status.
int run_worker(const WorkerJob& job);

/// Where the database of a data directory lies.
std::string database_path(const config::Settings& settings);

/// Adds 1 to an eventfd.
void signal_event(int fd);

}  // namespace wswp::daemon
