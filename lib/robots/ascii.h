#pragma once
// ASCII without the locale. Pure.

#include <string_view>

#include "base/ascii.h"

namespace wswp::robots {

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

/// Without spaces and tabs at either end.
constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace wswp::robots
