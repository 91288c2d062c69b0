#pragma once
// A checkpoint beside a daemon, as any program may make it.

#include <string>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace wswp::test {

/// Moves what the log holds to the database; false: a reader of an older state, or another checkpoint, kept it from
/// moving all. Throws SQLite::Exception.
inline bool checkpoint(const std::string& database) {
  const SQLite::Database connection(database, SQLite::OPEN_READWRITE);
  SQLite::Statement statement(connection, "pragma wal_checkpoint(passive)");
  return statement.executeStep() && statement.getColumn(0).getInt() == 0 &&
         statement.getColumn(1).getInt() == statement.getColumn(2).getInt();
}

}  // namespace wswp::test
