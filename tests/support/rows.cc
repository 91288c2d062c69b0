#include "support/rows.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace wswp::test {
namespace {

constexpr int kBusyMs = 10'000;

}  // namespace

Rows query(const std::string& database, const std::string& sql) {
  const SQLite::Database connection(database, SQLite::OPEN_READONLY, kBusyMs);
  SQLite::Statement statement(connection, sql);
  Rows result;
  const int columns = statement.getColumnCount();
  for (int i = 0; i < columns; ++i) result.columns.emplace_back(statement.getColumnName(i));
  while (statement.executeStep()) {
    auto& row = result.rows.emplace_back();
    for (int i = 0; i < columns; ++i) row.push_back(statement.getColumn(i).getString());
  }
  return result;
}

std::int64_t query_number(const std::string& database, const std::string& sql) {
  return std::stoll(query(database, sql).rows.at(0).at(0));
}

void execute(const std::string& database, const std::string& sql) {
  SQLite::Database connection(database, SQLite::OPEN_READWRITE, kBusyMs);
  connection.exec(sql);
}

}  // namespace wswp::test
