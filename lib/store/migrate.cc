#include "store/migrate.h"

#include <fmt/format.h>

#include "base/log.h"
#include "store/database.h"
#include "store/migrations.h"

namespace wswp::store {
namespace {

/// "wswp" in ASCII: marks the file as ours (https://www.sqlite.org/pragma.html#pragma_application_id).
constexpr std::int64_t kApplicationId = 0x77737770;

std::int64_t pragma(Database& database, const char* sql) {
  Statement statement(database, sql);
  return statement.bind().step() ? statement.integer(0) : 0;
}

void apply(Database& database, const Migration& migration) {
  Transaction transaction(database);
  database.execute(migration.sql);
  database.execute(
      fmt::format("pragma application_id = {}; pragma user_version = {};", kApplicationId, migration.number).c_str());
  transaction.commit();
  log::info("database: schema {} ({})", migration.number, migration.name);
}

}  // namespace

int newest_schema() {
  return migrations().back().number;
}

Result<> migrate(const std::string& path) {
  try {
    Database database(path, Mode::kReadWrite, 2048);
    const std::int64_t application = pragma(database, "pragma application_id");
    const std::int64_t version = pragma(database, "pragma user_version");
    const std::int64_t tables = pragma(database, "select count(*) from sqlite_master");
    if (application != kApplicationId && tables > 0) {
      return Error{fmt::format("{} is a database of another program; name another data directory", path)};
    }
    if (version > newest_schema()) {
      return Error{
          fmt::format("{} has schema {}, this wswpd knows up to {}; install a newer wswpd or name another data "
                      "directory",
                      path, version, newest_schema())};
    }
    for (const Migration& migration : migrations()) {
      if (migration.number > version) apply(database, migration);
    }
    return {};
  } catch (const Failure& failure) {
    return Error{
        fmt::format("cannot use {}: {}; check that it is a wswp database and that this user may write to it and "
                    "its directory",
                    path, failure.what())};
  }
}

}  // namespace wswp::store
