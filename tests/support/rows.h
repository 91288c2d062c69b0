#pragma once
// The database as any reader sees it: opened read-only, beside the daemon that writes it.

#include <cstdint>
#include <string>
#include <vector>

namespace wswp::test {

struct Rows {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // null is ""
};

/// Throws SQLite::Exception.
Rows query(const std::string& database, const std::string& sql);
/// The first column of the first row.
std::int64_t query_number(const std::string& database, const std::string& sql);
/// Changes a database that no daemon has open.
void execute(const std::string& database, const std::string& sql);

}  // namespace wswp::test
