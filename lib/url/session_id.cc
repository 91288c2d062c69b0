#include "url/session_id.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "url/bytes.h"
#include "url/pieces.h"

namespace wswp::url {

namespace {

constexpr std::size_t kMadeUp = 16;        // letters and digits
constexpr std::size_t kHash = 32;          // hexadecimal digits
constexpr std::size_t kAspNetLength = 24;  // letters and digits
constexpr std::string_view kAspNetPrefix = "aspsessionid";

// In lower case, longer than one letter and shorter than the prefix. What nobody uses for anything else, and what
// somebody does.
constexpr std::array<std::string_view, 6> kNames = {"jsessionid", "phpsessid", "cfid", "cftoken", "oscsid", "zenid"};
constexpr std::array<std::string_view, 6> kDoubtfulNames = {"sid",    "sessionid", "session_id",
                                                            "sessid", "session",   "sess"};

bool is_alnum(char c) {
  return is_alpha(c) || is_digit(c);
}

bool is_made_up(std::string_view value) {
  return value.size() >= kMadeUp && std::all_of(value.begin(), value.end(), is_alnum) &&
         std::any_of(value.begin(), value.end(), is_digit) && std::any_of(value.begin(), value.end(), is_alpha);
}

bool is_hash(std::string_view value) {
  return value.size() == kHash && std::all_of(value.begin(), value.end(), [](char c) { return hex_value(c) >= 0; });
}

/// "name=value" of a query or of a path.
bool is_session(std::string_view piece) {
  const auto [name, value] = split_parameter(piece);
  if (value.empty()) return false;
  const auto is = [name = name](std::string_view known) {
    return name.size() == known.size() && equal_ignoring_case(name, known);
  };
  if (name.size() >= kAspNetPrefix.size()) return starts_with_ignoring_case(name, kAspNetPrefix);
  if (name.size() == 1) return is("s") && is_hash(value);
  if (std::any_of(kNames.begin(), kNames.end(), is)) return true;
  return std::any_of(kDoubtfulNames.begin(), kDoubtfulNames.end(), is) && is_made_up(value);
}

/// "(S(…))", "(A(…)S(…))": a letter before each 24 letters and digits in parentheses; path parameters may follow.
bool is_asp_net_session(std::string_view segment) {
  constexpr std::size_t kGroup = kAspNetLength + 3;
  segment = segment.substr(0, segment.find(';'));
  if (segment.size() < kGroup + 2 || segment.front() != '(' || segment.back() != ')') return false;
  segment = segment.substr(1, segment.size() - 2);
  if (segment.size() % kGroup != 0) return false;
  for (; !segment.empty(); segment.remove_prefix(kGroup)) {
    const std::string_view id = segment.substr(2, kAspNetLength);
    if (!is_alpha(segment[0]) || segment[1] != '(' || segment[kGroup - 1] != ')') return false;
    if (!std::all_of(id.begin(), id.end(), is_alnum)) return false;
  }
  return true;
}

bool is_session_parameter_of_path(std::string_view piece) {
  return piece.find('=') != std::string_view::npos && is_session(piece);
}

/// A segment with its path parameters, without those that are session ids.
void append_segment(std::string_view segment, std::string& out) {
  while (true) {
    const std::string_view piece = segment.substr(0, segment.find(';', 1));
    const std::string_view parameter = piece.starts_with(';') ? piece.substr(1) : std::string_view();
    if (!is_session_parameter_of_path(parameter)) out.append(piece);
    segment.remove_prefix(piece.size());
    if (segment.empty()) return;
  }
}

}  // namespace

bool has_session_id(std::string_view target) {
  if (!contains_any<'=', '('>(target)) return false;
  const auto [path, query] = split_target(target);
  const auto no_session = [](std::string_view piece) { return !is_session(piece); };
  if (!for_each_piece(query, '&', no_session)) return true;
  if (!contains_any<';', '('>(path)) return false;
  return !for_each_piece(path, '/', [&](std::string_view segment) {
    if (is_asp_net_session(segment)) return false;
    const std::size_t semicolon = segment.find(';');
    return semicolon == std::string_view::npos || for_each_piece(segment.substr(semicolon), ';', no_session);
  });
}

bool drop_session_ids(const Url& url, Url& out) {
  if (!has_session_id(url.target())) return false;
  const auto [path, query] = split_target(url.target());
  std::string href(url.origin());
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin + 1), path.size());
    const std::string_view segment = path.substr(begin + 1, end - begin - 1);
    if (!is_asp_net_session(segment)) {
      href += '/';
      append_segment(segment, href);
    } else if (end == path.size()) {
      href += '/';
    }
    begin = end;
  }
  char separator = '?';
  for_each_piece(query, '&', [&](std::string_view piece) {
    if (is_session(piece)) return true;
    href += separator;
    href.append(piece);
    separator = '&';
    return true;
  });
  return parse_into(href, nullptr, out) == Problem::kNone;
}

}  // namespace wswp::url
