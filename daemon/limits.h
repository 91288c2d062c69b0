#pragma once
// The open files a worker may need against those the system grants. Called by the supervisor before it forks.

#include "config/settings.h"

namespace wswp::daemon {

/// Descriptors of a worker process at full load: sockets of transfers and name queries, database, wake-ups.
long open_files_needed(const config::Workers& workers);

/// The largest number of transfers per thread, at least 1, that `open_files` allow.
int transfers_within(const config::Workers& workers, long open_files);

/// How many connections a thread may keep for a next request, besides those of its transfers.
int kept_connections_within(const config::Workers& workers, long open_files);
/// The same under the limit of this process.
int kept_connections(const config::Workers& workers);

/// How many transfers a thread may have besides, whose hosts are silent (crawl/slots.h).
int spare_transfers_within(const config::Workers& workers, long open_files);
/// The same under the limit of this process.
int spare_transfers(const config::Workers& workers);

/// Raises the soft limit to the hard one; where that is still too low, logs the number needed and cuts
/// `workers.transfers` to what fits.
void fit_open_files(config::Workers& workers);

}  // namespace wswp::daemon
