#pragma once
// Rows in memory that statements read as a table, so that one statement adds many of them: "insert into t select a, b
// from name". That leaves SQLite's cursor where the last row went, where a statement for each row would begin at the
// root of the tree again. It is an eponymous virtual table (https://www.sqlite.org/vtab.html#epovtab), seen by its
// connection alone, whose thread it belongs to.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "store/database.h"

namespace wswp::store {

using RowValue = std::variant<std::int64_t, std::string_view>;

/// What SQLite sees of a RowTable.
class AnyRowTable {
 public:
  AnyRowTable(const AnyRowTable&) = delete;
  AnyRowTable& operator=(const AnyRowTable&) = delete;

  virtual std::size_t size() const = 0;
  /// Both are counted from 0.
  virtual RowValue value(std::size_t row, std::size_t column) const = 0;
  const std::string& declaration() const { return declaration_; }

 protected:
  /// `columns`: their names, separated by commas.
  AnyRowTable(Database& database, std::string name, const std::string& columns);
  ~AnyRowTable();

 private:
  Database& database_;
  const std::string name_, declaration_;
};

template <class Row>
class RowTable final : public AnyRowTable {
 public:
  struct Column {
    const char* name;
    /// A text must live until the statement's next step; must not throw.
    RowValue (*read)(const Row& row);
  };

  /// One of a name on a connection. Statements over the table must go before it does.
  RowTable(Database& database, std::string name, std::vector<Column> columns)
      : AnyRowTable(database, std::move(name), names_of(columns)), columns_(std::move(columns)) {}

  /// What statements that begin from now on read, in this order; it must outlive them, not this.
  void set(std::span<const Row> rows) { rows_ = rows; }

  std::size_t size() const override { return rows_.size(); }
  RowValue value(std::size_t row, std::size_t column) const override { return columns_[column].read(rows_[row]); }

 private:
  static std::string names_of(const std::vector<Column>& columns) {
    std::string names;
    for (const Column& column : columns) names += (names.empty() ? "" : ", ") + std::string(column.name);
    return names;
  }

  const std::vector<Column> columns_;
  std::span<const Row> rows_;
};

}  // namespace wswp::store
