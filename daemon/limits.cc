#include "daemon/limits.h"

#include <sys/resource.h>

#include <algorithm>

#include "base/log.h"

namespace wswp::daemon {
namespace {

constexpr long kPerProcess = 128;  // database, log, wake-ups, what libraries open for a moment
constexpr long kPerThread = 32;    // its event loop, name queries in flight

}  // namespace

long open_files_needed(const config::Workers& workers) {
  return kPerProcess + workers.threads * (kPerThread + static_cast<long>(workers.transfers));
}

int transfers_within(const config::Workers& workers, long open_files) {
  const long fitting = (open_files - kPerProcess) / workers.threads - kPerThread;
  return static_cast<int>(std::clamp<long>(fitting, 1, workers.transfers));
}

void fit_open_files(config::Workers& workers) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const auto needed = static_cast<rlim_t>(open_files_needed(workers));
  if (limit.rlim_cur < needed) {
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
  }
  if (limit.rlim_cur >= needed) return;
  const int fitting = transfers_within(workers, static_cast<long>(limit.rlim_cur));
  log::warning("{} threads of {} transfers need {} open files, the limit is {}: using {} transfers a thread",
               workers.threads, workers.transfers, needed, limit.rlim_cur, fitting);
  workers.transfers = fitting;
}

}  // namespace wswp::daemon
