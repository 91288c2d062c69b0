#pragma once
// The frontier in a SQLite database in WAL mode. See schema/README.md for the tables and their invariants.

#include <cstdint>
#include <memory>
#include <string>

#include "frontier/frontier.h"
#include "frontier/reports.h"
#include "store/database.h"

namespace wswp::frontier {

struct FrontierOptions {
  std::int64_t default_delay_ms = 5000;    // between two requests to one host, for crawls that have none of their own
  std::int64_t max_hosts_per_site = 1000;  // that links add to a crawl; 0: as many as there are
  int cache_kib = 16 * 1024;               // memory for pages of the database
  store::Checkpoints checkpoints = store::Checkpoints::kItself;  // besides make_durable()
  store::WriterSignals* signals = nullptr;  // of all who write to the database; outlives the frontier
};

/// A connection of its own to a database that store::migrate() has brought up to date. Throws Unavailable.
std::unique_ptr<Frontier> open_frontier(const std::string& path, const FrontierOptions& options = {});

/// A read-only connection of its own. Throws Unavailable.
std::unique_ptr<Reports> open_reports(const std::string& path);

}  // namespace wswp::frontier
