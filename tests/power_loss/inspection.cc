#include "inspection.h"

#include <sqlite3.h>
#include <xxhash.h>

#include <fmt/format.h>

namespace wswp::power {
namespace {

template <class T>
void add_number(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void add_row(std::string& out, sqlite3_stmt* row) {
  for (int i = 0; i < sqlite3_column_count(row); ++i) {
    const int type = sqlite3_column_type(row, i);
    add_number(out, type);
    if (type == SQLITE_INTEGER) {
      add_number(out, sqlite3_column_int64(row, i));
    } else if (type != SQLITE_NULL) {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(row, i));
      const int size = sqlite3_column_bytes(row, i);
      add_number(out, size);
      if (size > 0) out.append(bytes, static_cast<std::size_t>(size));
    }
  }
}

void add_rows(std::string& out, sqlite3_stmt* rows) {
  int code = SQLITE_OK;
  while ((code = sqlite3_step(rows)) == SQLITE_ROW) add_row(out, rows);
  sqlite3_reset(rows);
  if (code != SQLITE_DONE) throw store::Failure(Obstacle::kDamaged, sqlite3_errmsg(sqlite3_db_handle(rows)));
}

std::int64_t answer(store::Statement& question) {
  question.bind();
  const std::int64_t result = question.step() ? question.integer(0) : 0;
  question.reset();
  return result;
}

}  // namespace

Inspector::Inspector(const std::string& path, store::Mode mode)
    : database_(path, mode, 1024),
      data_version_(database_, "pragma data_version"),
      schema_version_(database_, "pragma schema_version") {}

std::int64_t Inspector::number(const char* sql) {
  store::Statement question(database_, sql);
  return answer(question);
}

std::optional<StateDigest> Inspector::changed() {
  const std::int64_t version = answer(data_version_);
  if (version == seen_version_) return std::nullopt;
  seen_version_ = version;
  return digest();
}

StateDigest Inspector::digest() {
  if (const std::int64_t schema = answer(schema_version_); schema != seen_schema_) {
    seen_schema_ = schema;
    open_tables();
  }
  if (tables_.empty()) return 0;
  std::string rows;
  for (const Table& table : tables_) add_rows(rows, table.get());
  return XXH3_64bits(rows.data(), rows.size());
}

void Inspector::open_tables() {
  tables_.clear();
  store::Statement names(database_, "select name from sqlite_master where type = 'table' order by name");
  std::vector<std::string> selects;
  for (names.bind(); names.step();) selects.push_back(fmt::format("select * from {}", names.text(0)));
  if (!selects.empty()) selects.emplace_back("select * from sqlite_master");
  sqlite3* handle = database_.handle().getHandle();
  for (const std::string& select : selects) {
    sqlite3_stmt* rows = nullptr;
    if (sqlite3_prepare_v2(handle, select.c_str(), -1, &rows, nullptr) != SQLITE_OK) {
      throw store::Failure(Obstacle::kDamaged, fmt::format("{}: {}", select, sqlite3_errmsg(handle)));
    }
    tables_.emplace_back(rows);
  }
}

void Inspector::Finalizer::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

}  // namespace wswp::power
