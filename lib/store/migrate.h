#pragma once
// Brings a database file to the schema this program was built with. Called by one process, before others open the file.

#include <memory>
#include <string>

#include "base/result.h"
#include "store/database.h"

namespace wswp::store {

/// Creates the file where it is missing and applies the numbered migrations of schema/ that it lacks, each in a
/// transaction. Errors: not a database, not ours, of a newer schema (the message names both versions), no permission.
/// Throws Failure for what may pass: a full disk, an I/O error.
Result<> migrate(const std::string& path);

/// The same, and the connection that did it. It leaves the WAL of an earlier run alone (Checkpoints::kOthers) and
/// spares those who open the file while it lives to read it through again.
Result<std::unique_ptr<Database>> open_migrated(const std::string& path);

/// Whether an open database is ours and of the newest schema, as migrate() leaves it. `path`: for the message.
Result<> check_schema(Database& database, const std::string& path);

/// The newest schema this program knows.
int newest_schema();

}  // namespace wswp::store
