#pragma once
// Rows in memory that statements read as a table, so that one statement adds many of them: "insert into t select a, b
// from name". That leaves SQLite's cursor where the last row went, where a statement for each row would begin at the
// root of the tree again. It is an eponymous virtual table (https://www.sqlite.org/vtab.html#epovtab), seen by its
// connection alone, whose thread it belongs to.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

#include "store/database.h"

namespace wswp::store {

class RowTable {
 public:
  using Value = std::variant<std::int64_t, std::string_view>;
  /// The value of a row, counted from 0, in a column, counted from 0. A text must live until the statement's next step;
  /// must not throw.
  using Read = std::function<Value(std::size_t row, int column)>;

  /// `columns`: their names, separated by commas. Statements over the table must go before it does.
  RowTable(Database& database, const char* name, const std::string& columns);
  ~RowTable();
  RowTable(const RowTable&) = delete;
  RowTable& operator=(const RowTable&) = delete;

  /// What statements that begin from now on read, in this order. What `read` refers to must outlive them, not this.
  void set(std::size_t count, Read read);

  std::size_t size() const { return count_; }
  Value value(std::size_t row, int column) const { return read_(row, column); }
  const std::string& declaration() const { return declaration_; }

 private:
  Database& database_;
  const std::string name_, declaration_;
  std::size_t count_ = 0;
  Read read_;
};

}  // namespace wswp::store
