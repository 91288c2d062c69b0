#include "store/migrate.h"

#include <unistd.h>

#include <cerrno>

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

/// The disk, not this user, is what may not be written: it may be remounted.
bool is_on_a_read_only_disk(const std::string& path) {
  if (::access(path.c_str(), W_OK) == 0) return false;
  if (errno == ENOENT) {
    const std::string directory = path.substr(0, path.rfind('/') + 1);
    if (::access(directory.c_str(), W_OK) == 0) return false;
  }
  return errno == EROFS;
}

/// Whether waiting will not help: no database, or none that this user may write to.
bool is_hopeless(Obstacle obstacle, const std::string& path) {
  if (obstacle == Obstacle::kDamaged) return true;
  return obstacle == Obstacle::kReadOnly && ::access(path.c_str(), W_OK) != 0 && !is_on_a_read_only_disk(path);
}

/// Ours, and not of a schema that only a newer program knows.
Result<> check_ours(Database& database, const std::string& path) {
  if (pragma(database, "pragma application_id") != kApplicationId)
    return Error{fmt::format("{} is a database of another program; name another data directory", path)};
  if (const std::int64_t version = pragma(database, "pragma user_version"); version > newest_schema()) {
    return Error{
        fmt::format("{} has schema {}, this wswpd knows up to {}; install a newer wswpd or name another data directory",
                    path, version, newest_schema())};
  }
  return {};
}

}  // namespace

int newest_schema() {
  return migrations().back().number;
}

Result<> check_schema(Database& database, const std::string& path) {
  if (Result<> ours = check_ours(database, path); !ours) return ours;
  if (const std::int64_t version = pragma(database, "pragma user_version"); version != newest_schema()) {
    return Error{fmt::format("{} has schema {}, this wswpd works with {}; start wswpd once to bring it up to date",
                             path, version, newest_schema())};
  }
  return {};
}

Result<> migrate(const std::string& path) {
  const auto database = open_migrated(path);
  return database ? Result<>() : database.error();
}

Result<std::unique_ptr<Database>> open_migrated(const std::string& path) {
  try {
    auto database = std::make_unique<Database>(path, Mode::kReadWrite, 2048, Checkpoints::kOthers);
    const bool is_new = pragma(*database, "select count(*) from sqlite_master") == 0;
    if (!is_new) {
      if (Result<> ours = check_ours(*database, path); !ours) return ours.error();
    }
    const std::int64_t version = pragma(*database, "pragma user_version");
    for (const Migration& migration : migrations()) {
      if (migration.number > version) apply(*database, migration);
    }
    if (version < newest_schema()) database->checkpoint();
    return database;
  } catch (const Failure& failure) {
    if (!is_hopeless(failure.obstacle(), path)) throw;
    return Error{
        fmt::format("cannot use {}: {}; check that it is a wswp database and that this user may write to it and "
                    "its directory",
                    path, failure.what())};
  }
}

}  // namespace wswp::store
