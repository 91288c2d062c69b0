#include "config/bounds.h"

#include <algorithm>

#include <fmt/format.h>

namespace wswp::config {

namespace {

/// Line and column, in characters and from 1, of the byte at `offset`.
Problem problem_after(std::string_view toml, std::size_t offset, std::string message) {
  const std::string_view before = toml.substr(0, offset);
  const std::string_view line = before.substr(before.rfind('\n') + 1);
  const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; };
  return {static_cast<unsigned>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<unsigned>(std::count_if(line.begin(), line.end(), begins_character)) + 1, std::move(message)};
}

/// The size of the string that `text` begins with (TOML 1.0, "String"), quotes included. One that is not closed ends
/// with its line, or with the text where it may have several lines.
std::size_t string_size(std::string_view text) {
  const char quote = text.front();
  const bool long_form = text.size() >= 3 && text[1] == quote && text[2] == quote;
  const std::size_t quotes = long_form ? 3 : 1;
  for (std::size_t i = quotes; i < text.size(); ++i) {
    if (text[i] == '\\' && quote == '"') {
      ++i;
    } else if (text[i] == '\n' && !long_form) {
      return i;
    } else if (text.substr(i).starts_with(text.substr(0, quotes))) {
      return i + quotes;
    }
  }
  return text.size();
}

}  // namespace

std::optional<Problem> beyond_bounds(std::string_view toml) {
  if (toml.size() > kMaxFileBytes) return problem_after(toml, kMaxFileBytes, "the file is longer than 1 MiB");
  int dots = 0;  // since the last character that no key has outside quotes
  int open = 0;
  for (std::size_t i = 0; i < toml.size();) {
    const char c = toml[i];
    if (c == '"' || c == '\'') {
      i += string_size(toml.substr(i));
      continue;
    }
    if (c == '#') {
      i = std::min(toml.find('\n', i), toml.size());
      continue;
    }
    if (c == '.') {
      ++dots;
    } else if (std::string_view("=,[]{}\n").find(c) != std::string_view::npos) {
      dots = 0;
    }
    if (c == '[' || c == '{') ++open;
    if ((c == ']' || c == '}') && open > 0) --open;
    if (dots > kMaxNesting) return problem_after(toml, i, fmt::format("a key has more than {} dots", kMaxNesting));
    if (open > kMaxNesting)
      return problem_after(toml, i, fmt::format("values are nested more than {} deep", kMaxNesting));
    ++i;
  }
  return std::nullopt;
}

}  // namespace wswp::config
