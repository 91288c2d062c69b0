#include "frontier/column_text.h"

#include "base/utf8.h"

namespace wswp::frontier {
namespace {

/// The end of the part of `text` that can stand as it is: well-formed UTF-8 without NUL.
std::size_t fit_size(std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p != end) {
    const char* const begin = p;
    const char32_t c = next_utf8(p, end);
    if (c == kIllFormed || c == 0) return static_cast<std::size_t>(begin - text.data());
  }
  return text.size();
}

}  // namespace

ColumnText::ColumnText(std::string_view text, std::size_t max_size) : view_(text) {
  const std::size_t fit = fit_size(text);
  if (fit < text.size()) {
    mended_.assign(text.substr(0, fit));
    const char* p = text.data() + fit;
    const char* const end = text.data() + text.size();
    while (p != end && mended_.size() <= max_size) {
      const char32_t c = next_utf8(p, end);
      append_utf8(c == 0 ? kReplacement : c, mended_);
    }
    view_ = mended_;
  }
  view_ = cut_utf8(view_, max_size);
}

}  // namespace wswp::frontier
