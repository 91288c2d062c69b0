#pragma once
// Rows of the results view, as the daemon streams them (one JSON object a line), printed in the format a person or a
// program asked for. Memory is that of one row. One thread.

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/output.h"

namespace wswp::cli {

class RowPrinter {
 public:
  virtual ~RowPrinter() = default;
  /// Printed before any row, also if there is none.
  virtual void head(Writer& /*writer*/) {}
  /// `json`: one object with the columns of the results view.
  virtual Result<> row(Writer& out, std::string_view json) = 0;
};

/// `format`: "table", "csv" or "jsonl". csv is RFC 4180 with a header, lines ending in CR LF; a table is aligned, and
/// cut to the width of a terminal; jsonl hands the rows through, further control characters escaped.
std::unique_ptr<RowPrinter> make_row_printer(const std::string& format, const Terminal& terminal);

/// `text` as a field of RFC 4180, section 2: quoted where it must be, without control characters.
std::string csv_field(std::string_view text);

}  // namespace wswp::cli
