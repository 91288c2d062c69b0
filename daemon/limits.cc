#include "daemon/limits.h"

#include <sys/resource.h>

#include <algorithm>
#include <limits>

#include "base/log.h"
#include "net/fetch_loop.h"

namespace wswp::daemon {
namespace {

constexpr long kPerProcess = 128;  // database, log, wake-ups, what libraries open for a moment
constexpr long kPerThread = 32;    // its event loop, name queries in flight
constexpr long kPerHandle = 2;     // what a multi handle of libcurl opens for itself
/// A host that rests between two requests keeps its connection; so many for each transfer are worth their descriptor.
constexpr long kKeptPerTransfer = 2;

/// Silent hosts are waited for beside so many for each transfer but the first, up to kMostSpare.
constexpr long kSparePerTransfer = 10;
constexpr long kMostSpare = 2'000;

long handles_for(long transfers) {
  return transfers / static_cast<long>(net::kTransfersPerHandle) + 1;
}

long needed_by_thread(long transfers) {
  return kPerThread + kPerHandle * handles_for(transfers) + transfers;
}

long granted_to_thread(const config::Workers& workers, long open_files) {
  return (open_files - kPerProcess) / workers.threads;
}

/// The soft limit of this process.
long open_files_granted() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::numeric_limits<int>::max();
  return static_cast<long>(std::min<rlim_t>(limit.rlim_cur, std::numeric_limits<int>::max()));
}

void raise_soft_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

long open_files_needed(const config::Workers& workers) {
  return kPerProcess + workers.threads * needed_by_thread(workers.transfers);
}

int transfers_within(const config::Workers& workers, long open_files) {
  const long most = granted_to_thread(workers, open_files) - kPerThread;
  return static_cast<int>(std::clamp<long>(most - kPerHandle * handles_for(most), 1, workers.transfers));
}

int kept_connections_within(const config::Workers& workers, long open_files) {
  const long left = granted_to_thread(workers, open_files) - needed_by_thread(workers.transfers);
  return static_cast<int>(std::clamp<long>(left, 0, kKeptPerTransfer * workers.transfers));
}

int spare_transfers_within(const config::Workers& workers, long open_files) {
  const long left = granted_to_thread(workers, open_files) - needed_by_thread(workers.transfers) -
                    kept_connections_within(workers, open_files) - kPerHandle * handles_for(kMostSpare);
  return static_cast<int>(std::clamp<long>(left, 0, std::min(kSparePerTransfer * (workers.transfers - 1), kMostSpare)));
}

int spare_transfers(const config::Workers& workers) {
  return spare_transfers_within(workers, open_files_granted());
}

int kept_connections(const config::Workers& workers) {
  return kept_connections_within(workers, open_files_granted());
}

void fit_open_files(config::Workers& workers) {
  raise_soft_limit();
  const long needed = open_files_needed(workers), granted = open_files_granted();
  if (granted >= needed) return;
  const int fitting = transfers_within(workers, granted);
  log::warning("{} threads of {} transfers need {} open files, the limit is {}: using {} transfers a thread",
               workers.threads, workers.transfers, needed, granted, fitting);
  workers.transfers = fitting;
}

}  // namespace wswp::daemon
