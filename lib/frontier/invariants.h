#pragma once
// Checks that a database is in order: what SQLite says of the file, and every invariant of schema/README.md. For
// `wswpd --check-database` and for tests that have just killed a daemon; may run beside one, as it reads one instant.
// The cost is that of reading the whole database.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace wswp::frontier {

struct Violation {
  std::string rule;  // as a sentence that ought to be true
  std::int64_t count = 0;
  std::string example;
};

/// Empty: all is well. An error: the database cannot be read, or is of another schema.
Result<std::vector<Violation>> check_invariants(const std::string& path);

}  // namespace wswp::frontier
