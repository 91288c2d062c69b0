#include "html/robots_tag.h"

#include <algorithm>
#include <string>

#include "base/http_date.h"
#include "html/ascii.h"

namespace wswp::html {

namespace {

constexpr std::string_view kUnavailableAfter = "unavailable_after";
constexpr std::string_view kAnyone = "*";

// The directives that have a value behind a colon, as the name of a crawler has directives behind it.
bool has_value(std::string_view name) {
  return equals_lower(name, kUnavailableAfter) || starts_with_lower(name, "max-");
}

// "otherbot" and "otherbot/2.1" of a crawler's name; as in robots.txt.
std::string_view product_of(std::string_view name) {
  const auto is_token = [](char c) { return is_alpha(c) || c == '-' || c == '_'; };
  const auto* const end = std::find_if_not(name.begin(), name.end(), is_token);
  return name.substr(0, static_cast<std::size_t>(end - name.begin()));
}

// Reads one line.
class RobotsTagLine {
 public:
  RobotsTagLine(std::string_view line, std::string_view token, WallMs now) : rest_(line), token_(token), now_(now) {}

  void read(RobotsDirectives& directives) {
    while (!rest_.empty()) {
      const std::string_view piece = without_name(take_piece());
      if (!ours_) continue;
      const RobotsDirectives more = read_directives(piece);
      directives.noindex = directives.noindex || more.noindex;
      directives.nofollow = directives.nofollow || more.nofollow;
    }
  }

 private:
  std::string_view take_piece() {
    const std::string_view piece = rest_.substr(0, rest_.find(','));
    rest_.remove_prefix(std::min(piece.size() + 1, rest_.size()));
    return trim_space(piece);
  }

  // What a piece says, after "otherbot:", whose name decides whom this and what follows concerns.
  std::string_view without_name(std::string_view piece) {
    const std::size_t colon = piece.find(':');
    const std::string_view name = trim_space(piece.substr(0, colon));
    if (colon == std::string_view::npos || has_value(name)) return piece;
    const std::string_view after = skip_space(piece.substr(colon + 1));
    if (!after.empty() && !is_alpha(after.front())) return {};  // an unknown directive with a number
    ours_ = name == kAnyone || (!token_.empty() && equal_ignoring_case(product_of(name), token_));
    return after;
  }

  RobotsDirectives read_directives(std::string_view piece) {
    if (!starts_with_lower(piece, kUnavailableAfter)) return parse_robots_directives(piece);
    const std::size_t colon = std::min(piece.find(':'), piece.size());
    return {.noindex = is_past(piece.substr(std::min(colon + 1, piece.size()))), .nofollow = false};
  }

  // A date may have a comma in it: "Friday, 25-Jun-10 15:00:00 GMT".
  bool is_past(std::string_view date) {
    auto instant = parse_http_date(date, now_);
    if (!instant) instant = parse_http_date(take_piece(), now_);
    return instant && *instant < now_;
  }

  std::string_view rest_;
  std::string_view token_;
  WallMs now_;
  bool ours_ = true;
};

}  // namespace

RobotsDirectives parse_robots_tag(std::string_view value, std::string_view robots_token, WallMs now) {
  RobotsDirectives directives;
  const auto is_line_end = [](char c) { return c == '\n'; };
  for_each_token(value, is_line_end,
                 [&](std::string_view line) { RobotsTagLine(line, robots_token, now).read(directives); });
  return directives;
}

}  // namespace wswp::html
