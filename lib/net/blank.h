#pragma once
// The blanks of HTTP. Pure.

#include <string_view>

namespace wswp::net {

/// RFC 9110 5.6.3, "OWS".
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// Without what `goes` at either end. A CR within a line is no blank.
template <class Goes = bool (*)(char)>
constexpr std::string_view trim(std::string_view text, const Goes& goes = is_blank) {
  while (!text.empty() && goes(text.front())) text.remove_prefix(1);
  while (!text.empty() && goes(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace wswp::net
