#include "cli/text_table.h"

#include <algorithm>

#include "cli/text.h"

namespace wswp::cli {

void TextTable::print(Writer& out, const Terminal& terminal) const {
  std::vector<std::string> titles;
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    titles.push_back(columns_[i].title);
    widths.push_back(display_width(titles.back()));
    for (const auto& row : rows_) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  const auto joined = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line += "  ";
      line += columns_[i].align == Align::kLeft ? pad_right(cells[i], widths[i]) : pad_left(cells[i], widths[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
  };
  out.line(paint(terminal, Style::kBold, joined(titles)));
  for (const auto& row : rows_) out.line(joined(row));
}

}  // namespace wswp::cli
