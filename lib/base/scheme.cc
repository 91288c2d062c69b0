#include "base/scheme.h"

#include <algorithm>
#include <cstddef>

#include "base/ascii.h"

namespace wswp {

namespace {

/// The longest scheme that matters, its blanks and tabs not counted.
constexpr std::size_t kMaxScheme = 32;

struct Start {
  std::string scheme;     // in lower case; empty: there is none
  std::string_view rest;  // after its colon
};

/// What the standard's parser drops before it looks: C0 controls and blanks in front, tabs and line ends anywhere.
Start start_of(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  Start start;
  for (std::size_t i = 0; i < text.size() && start.scheme.size() <= kMaxScheme; ++i) {
    const char c = text[i];
    if (c == '\t' || c == '\n' || c == '\r') continue;
    if (c == ':' && !start.scheme.empty()) {
      start.rest = text.substr(i + 1);
      return start;
    }
    if (!is_alpha(c) && (start.scheme.empty() || (!is_digit(c) && c != '+' && c != '-' && c != '.'))) break;
    start.scheme += to_lower(c);
  }
  return {};
}

bool is_web(const Start& start) {
  return start.scheme == "http" || start.scheme == "https";
}

}  // namespace

bool names_scheme(std::string_view text) {
  const Start start = start_of(text);
  return is_web(start) || (!start.scheme.empty() && start.rest.starts_with("//"));
}

std::string with_scheme(std::string_view text) {
  if (!names_scheme(text)) return std::string("http://").append(text);
  Start start = start_of(text);
  if (!is_web(start)) return std::string(text);
  start.rest.remove_prefix(std::min(start.rest.find_first_not_of("/\\"), start.rest.size()));
  return start.scheme.append("://").append(start.rest);
}

std::string origin_part(std::string_view text) {
  std::string url = with_scheme(text);
  const std::size_t end = url.find_first_of("/?#\\", url.find("://") + 3);
  if (end != std::string::npos) url.erase(end);
  return url;
}

}  // namespace wswp
