// The stored form of Rules.

#include <charconv>
#include <cmath>
#include <system_error>

#include <fmt/format.h>

#include "robots/ascii.h"
#include "robots/rules.h"

namespace wswp::robots {
namespace {

constexpr std::string_view kVersion = "1";

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

Error malformed(std::string_view line) {
  return Error{fmt::format("malformed line in stored robots rules: {}", line)};
}

}  // namespace

std::string Rules::serialize() const {
  std::string text = fmt::format("{}\n", kVersion);
  if (crawl_delay_) text += fmt::format("d {}\n", *crawl_delay_);
  for (const std::string& sitemap : sitemaps_) text += fmt::format("s {}\n", sitemap);
  for (const Rule& rule : rules_) text += fmt::format("{}{} {}\n", rule.allow ? '+' : '-', rule.line, rule.pattern);
  return text;
}

Result<Rules> Rules::deserialize(std::string_view text) {
  if (const std::string_view version = take_line(text); version != kVersion) {
    return Error{fmt::format("stored robots rules are of version \"{}\", expected {}", version, kVersion)};
  }
  Rules rules;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.starts_with("d ")) {
      double delay = 0;
      std::string_view number = line.substr(2);
      if (!take_number(number, delay) || !number.empty() || !(delay >= 0 && delay <= kMaxCrawlDelay)) {
        return malformed(line);
      }
      rules.crawl_delay_ = delay;
    } else if (line.starts_with("s ")) {
      rules.sitemaps_.emplace_back(line.substr(2));
    } else if (line.starts_with('+') || line.starts_with('-')) {
      Rule rule;
      rule.allow = line.starts_with('+');
      std::string_view rest = line.substr(1);
      if (!take_number(rest, rule.line) || !(rest.starts_with(" /") || rest.starts_with(" *"))) return malformed(line);
      rule.pattern = rest.substr(1);
      rules.rules_.push_back(std::move(rule));
    } else {
      return malformed(line);
    }
  }
  rules.arrange();
  return rules;
}

}  // namespace wswp::robots
