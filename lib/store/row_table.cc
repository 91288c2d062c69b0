#include "store/row_table.h"

#include <sqlite3.h>

#include <new>
#include <utility>

namespace wswp::store {
namespace {

/// SQLite knows the first member of each; what follows is ours.
struct Table {
  sqlite3_vtab base;
  const AnyRowTable* rows;
};

struct Cursor {
  sqlite3_vtab_cursor base;
  const AnyRowTable* rows;
  std::size_t at;
};

Cursor& cursor_of(sqlite3_vtab_cursor* cursor) {
  return *reinterpret_cast<Cursor*>(cursor);
}

int connect(sqlite3* handle, void* rows, int /*argc*/, const char* const* /*argv*/, sqlite3_vtab** table,
            char** /*error*/) {
  const auto* const row_table = static_cast<const AnyRowTable*>(rows);
  if (const int code = sqlite3_declare_vtab(handle, row_table->declaration().c_str())) return code;
  auto* const made = new (std::nothrow) Table{{}, row_table};
  if (made == nullptr) return SQLITE_NOMEM;
  *table = &made->base;
  return SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
  delete reinterpret_cast<Table*>(table);
  return SQLITE_OK;
}

/// There is one way to read it: from the first row to the last.
int best_index(sqlite3_vtab* /*table*/, sqlite3_index_info* info) {
  info->estimatedCost = 1000;
  info->estimatedRows = 1000;
  return SQLITE_OK;
}

int open(sqlite3_vtab* table, sqlite3_vtab_cursor** cursor) {
  auto* const made = new (std::nothrow) Cursor{{}, reinterpret_cast<Table*>(table)->rows, 0};
  if (made == nullptr) return SQLITE_NOMEM;
  *cursor = &made->base;
  return SQLITE_OK;
}

int close(sqlite3_vtab_cursor* cursor) {
  delete &cursor_of(cursor);
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* cursor, int /*number*/, const char* /*text*/, int /*argc*/, sqlite3_value** /*argv*/) {
  cursor_of(cursor).at = 0;
  return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* cursor) {
  ++cursor_of(cursor).at;
  return SQLITE_OK;
}

int is_at_end(sqlite3_vtab_cursor* cursor) {
  return cursor_of(cursor).at >= cursor_of(cursor).rows->size() ? 1 : 0;
}

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int number) {
  const Cursor& at = cursor_of(cursor);
  const RowValue value = at.rows->value(at.at, static_cast<std::size_t>(number));
  if (const auto* const integer = std::get_if<std::int64_t>(&value)) {
    sqlite3_result_int64(context, *integer);
  } else {
    const std::string_view text = std::get<std::string_view>(value);
    sqlite3_result_text(context, text.data() != nullptr ? text.data() : "", static_cast<int>(text.size()),
                        SQLITE_STATIC);
  }
  return SQLITE_OK;
}

int row_id(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
  *id = static_cast<sqlite3_int64>(cursor_of(cursor).at);
  return SQLITE_OK;
}

// No xCreate: it is there by its name, and nobody makes or drops one. No xUpdate: it cannot be written.
constexpr sqlite3_module kModule = [] {
  sqlite3_module module{};
  module.xConnect = connect;
  module.xBestIndex = best_index;
  module.xDisconnect = disconnect;
  module.xOpen = open;
  module.xClose = close;
  module.xFilter = filter;
  module.xNext = next;
  module.xEof = is_at_end;
  module.xColumn = column;
  module.xRowid = row_id;
  return module;
}();

}  // namespace

AnyRowTable::AnyRowTable(Database& database, std::string name, const std::string& columns)
    : database_(database), name_(std::move(name)), declaration_("create table x(" + columns + ")") {
  if (sqlite3_create_module_v2(database.handle().getHandle(), name_.c_str(), &kModule, this, nullptr) != SQLITE_OK) {
    throw std::bad_alloc();
  }
}

AnyRowTable::~AnyRowTable() {
  sqlite3_create_module_v2(database_.handle().getHandle(), name_.c_str(), nullptr, nullptr, nullptr);
}

}  // namespace wswp::store
