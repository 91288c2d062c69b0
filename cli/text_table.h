#pragma once
// Small tables that are held in memory: columns as wide as their widest cell. One thread.

#include <string>
#include <vector>

#include "cli/output.h"

namespace wswp::cli {

enum class Align { kLeft, kRight };

struct Column {
  std::string title;
  Align align = Align::kLeft;
};

class TextTable {
 public:
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
  /// As many printable cells as there are columns.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// A bold head and the rows, two blanks between columns, none at the end of a line.
  void print(Writer& out, const Terminal& terminal) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace wswp::cli
