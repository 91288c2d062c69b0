#include "frontier/types.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"

namespace wswp::frontier {

std::string_view to_string(UrlState state) {
  switch (state) {
    case UrlState::kPending:
      return "pending";
    case UrlState::kFetched:
      return "fetched";
    case UrlState::kFailed:
      return "failed";
    case UrlState::kDisallowed:
      return "disallowed";
    case UrlState::kSkipped:
      return "skipped";
    case UrlState::kAlias:
      return "alias";
  }
  return "unknown";
}

Result<> check_crawl_name(const std::string& name) {
  constexpr std::size_t kLongest = 64;
  const auto fits = [](char c) { return is_alpha(c) || is_digit(c) || c == '.' || c == '_' || c == '-'; };
  if (!name.empty() && name.size() <= kLongest && std::all_of(name.begin(), name.end(), fits)) return {};
  return Error{
      fmt::format("\"{}\" is no name for a crawl: 1 to {} of the characters A-Z a-z 0-9 . _ -", name, kLongest)};
}

}  // namespace wswp::frontier
