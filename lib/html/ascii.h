// The ASCII notions of the HTML and Encoding standards (https://infra.spec.whatwg.org/#code-points): independent of the
// locale, and defined for every byte. Pure functions, any thread.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "base/ascii.h"

namespace wswp::html {

// ASCII whitespace: tab, line feed, form feed, carriage return, space.
constexpr bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
constexpr bool is_alnum(char c) {
  return is_alpha(c) || is_digit(c);
}
constexpr bool is_ascii(char c) {
  return (static_cast<unsigned char>(c) & 0x80U) == 0;
}

inline std::string lower_copy(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), to_lower);
  return out;
}

// True if `text` is `lower` up to the case of ASCII letters; `lower` must have none in upper case.
constexpr bool equals_lower(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (to_lower(text[i]) != lower[i]) return false;
  }
  return true;
}

constexpr bool starts_with_lower(std::string_view text, std::string_view lower) {
  return equals_lower(text.substr(0, lower.size()), lower);
}

constexpr std::string_view skip_space(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  return text;
}

constexpr std::string_view trim_space(std::string_view text) {
  text = skip_space(text);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Calls `visit` with each non-empty piece of `text` between characters for which `is_separator` holds.
template <class IsSeparator, class Visit>
void for_each_token(std::string_view text, IsSeparator is_separator, Visit visit) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && !is_separator(text[i])) continue;
    if (i > begin) visit(text.substr(begin, i - begin));
    begin = i + 1;
  }
}

}  // namespace wswp::html
