#include "html/meta.h"

#include <utility>

#include "html/ascii.h"

namespace wswp::html {

bool rel_has(std::string_view rel, std::string_view lower_word) {
  bool found = false;
  for_each_token(rel, is_space, [&](std::string_view word) { found = found || equals_lower(word, lower_word); });
  return found;
}

std::optional<LinkKind> link_kind(std::string_view rel) {
  if (rel_has(rel, "canonical")) return LinkKind::kCanonical;
  if (rel_has(rel, "next")) return LinkKind::kNext;
  if (rel_has(rel, "prev") || rel_has(rel, "previous")) return LinkKind::kPrev;
  if (rel_has(rel, "alternate") && !rel_has(rel, "stylesheet")) return LinkKind::kAlternate;
  return std::nullopt;
}

RobotsDirectives parse_robots_directives(std::string_view content) {
  RobotsDirectives directives;
  bool is_value = false;  // of the word before, which ended in a colon
  const auto is_separator = [](char c) { return c == ',' || c == ';' || is_space(c); };
  for_each_token(content, is_separator, [&](std::string_view word) {
    if (std::exchange(is_value, word.ends_with(':')) || word == ":") return;
    const bool none = equals_lower(word, "none");
    directives.noindex = directives.noindex || none || equals_lower(word, "noindex");
    directives.nofollow = directives.nofollow || none || equals_lower(word, "nofollow");
  });
  return directives;
}

std::optional<std::string_view> parse_refresh(std::string_view content) {
  const auto is_time = [](char c) { return is_digit(c) || c == '.'; };
  std::string_view rest = skip_space(content);
  if (rest.empty() || !is_time(rest.front())) return std::nullopt;
  while (!rest.empty() && is_time(rest.front())) rest.remove_prefix(1);
  if (rest.empty() || !(is_space(rest.front()) || rest.front() == ';' || rest.front() == ',')) return std::nullopt;
  rest = skip_space(rest);
  if (!rest.empty() && (rest.front() == ';' || rest.front() == ',')) rest = skip_space(rest.substr(1));
  if (starts_with_lower(rest, "url")) {
    const std::string_view after = skip_space(rest.substr(3));
    if (after.starts_with('=')) rest = skip_space(after.substr(1));
  }
  if (rest.starts_with('"') || rest.starts_with('\'')) {
    const char quote = rest.front();
    rest.remove_prefix(1);
    rest = rest.substr(0, rest.find(quote));
  }
  rest = trim_space(rest);
  if (rest.empty()) return std::nullopt;
  return rest;
}

}  // namespace wswp::html
