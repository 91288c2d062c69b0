#pragma once
// The frontier in a SQLite database in WAL mode. See schema/README.md for the tables and their invariants.

#include <memory>
#include <string>

#include "frontier/frontier.h"
#include "frontier/reports.h"

namespace wswp::frontier {

/// How much memory a connection may use for pages, in KiB.
inline constexpr int kWorkerCacheKib = 16 * 1024;

/// A connection of its own to a database that store::migrate() has brought up to date. Throws Unavailable.
std::unique_ptr<Frontier> open_frontier(const std::string& path, int cache_kib = kWorkerCacheKib);

/// A read-only connection of its own. Throws Unavailable.
std::unique_ptr<Reports> open_reports(const std::string& path);

}  // namespace wswp::frontier
