#include "cli/line_splitter.h"

namespace wswp::cli {

bool LineSplitter::feed(std::string_view piece) {
  for (std::size_t end = 0; (end = piece.find('\n')) != std::string_view::npos; piece.remove_prefix(end + 1)) {
    bool more = false;
    if (rest_.empty()) {
      more = take_(piece.substr(0, end));
    } else {
      rest_ += piece.substr(0, end);
      more = take_(rest_);
      rest_.clear();
    }
    if (!more) return false;
  }
  rest_ += piece;
  return true;
}

bool LineSplitter::finish() {
  if (rest_.empty()) return true;
  const bool more = take_(rest_);
  rest_.clear();
  return more;
}

}  // namespace wswp::cli
