#pragma once
// Looks into a database: which state it is in. Belongs to one thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/database.h"

namespace wswp::power {

/// Stands for the schema and all rows of all tables: two databases with one digest hold the same. 0: there are no
/// tables yet.
using StateDigest = std::uint64_t;

/// A connection for looking again and again.
class Inspector {
 public:
  Inspector(const std::string& path, store::Mode mode);
  /// Nothing: nobody has changed the database since the last call.
  std::optional<StateDigest> changed();
  StateDigest digest();
  /// The answer of a question with one number.
  std::int64_t number(const char* sql);

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  using Table = std::unique_ptr<sqlite3_stmt, Finalizer>;

  /// Prepares a statement for each table there is now.
  void open_tables();

  store::Database database_;
  store::Statement data_version_, schema_version_;
  std::int64_t seen_version_ = -1, seen_schema_ = -1;
  std::vector<Table> tables_;
};

}  // namespace wswp::power
