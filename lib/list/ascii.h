#pragma once
// Small things about ASCII text that the readers of lists share. Pure.

#include <string_view>

#include "base/ascii.h"

namespace wswp::list {

inline bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Without blanks and line ends on both sides.
inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace wswp::list
