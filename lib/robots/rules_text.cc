// The stored form of Rules.

#include <charconv>
#include <cmath>
#include <system_error>

#include <fmt/format.h>

#include "robots/ascii.h"
#include "robots/rules.h"

namespace wswp::robots {
namespace {

constexpr std::string_view kVersion = "2";
constexpr std::string_view kVersionWithoutGroups = "1";
constexpr std::string_view kOwnGroup = "g own";
constexpr std::string_view kStarGroup = "g star";

/// Up to the next line feed, which is consumed.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

/// The number at the beginning of `text`, which is consumed; false if there is none.
template <class Number>
bool take_number(std::string_view& text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

}  // namespace

std::string Rules::serialize() const {
  std::string text = fmt::format("{}\n", kVersion);
  if (group_ != GroupKind::kNone) text += fmt::format("{}\n", group_ == GroupKind::kOwn ? kOwnGroup : kStarGroup);
  if (crawl_delay_) text += fmt::format("d {}\n", *crawl_delay_);
  for (const std::string& sitemap : sitemaps_) text += fmt::format("s {}\n", sitemap);
  for (const Rule& rule : rules_) text += fmt::format("{}{} {}\n", rule.allow ? '+' : '-', rule.line, rule.pattern);
  return text;
}

/// Takes one line of the stored form in; false: it is none.
bool Rules::restore(std::string_view line) {
  if (line == kOwnGroup || line == kStarGroup) {
    group_ = line == kOwnGroup ? GroupKind::kOwn : GroupKind::kStar;
  } else if (line.starts_with("d ")) {
    double delay = 0;
    line.remove_prefix(2);
    if (!take_number(line, delay) || !line.empty() || !(delay >= 0 && delay <= kMaxCrawlDelay)) return false;
    crawl_delay_ = delay;
  } else if (line.starts_with("s ")) {
    sitemaps_.emplace_back(line.substr(2));
  } else if (line.starts_with('+') || line.starts_with('-')) {
    Rule rule;
    rule.allow = line.starts_with('+');
    line.remove_prefix(1);
    if (!take_number(line, rule.line) || !(line.starts_with(" /") || line.starts_with(" *"))) return false;
    rule.pattern = line.substr(1);
    rules_.push_back(std::move(rule));
  } else {
    return false;
  }
  return true;
}

Result<Rules> Rules::deserialize(std::string_view text) {
  if (const std::string_view version = take_line(text); version != kVersion && version != kVersionWithoutGroups) {
    return Error{fmt::format("stored robots rules are of version \"{}\", expected {}", version, kVersion)};
  }
  Rules rules;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (!rules.restore(line)) return Error{fmt::format("malformed line in stored robots rules: {}", line)};
  }
  rules.arrange();
  return rules;
}

}  // namespace wswp::robots
