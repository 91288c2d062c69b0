#include "robots/line_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "robots/ascii.h"
#include "robots/rules.h"

namespace wswp::robots {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kLineEnds = "\r\n";

/// Beginnings by which a field is known, in lower case; the misspellings are those Google's parser accepts.
constexpr std::array<std::pair<std::string_view, Field>, 17> kFields = {{
    {"user-agent", Field::kUserAgent},
    {"useragent", Field::kUserAgent},
    {"user agent", Field::kUserAgent},
    {"disallow", Field::kDisallow},
    {"allow", Field::kAllow},
    {"sitemap", Field::kSitemap},
    {"site-map", Field::kSitemap},
    {"crawl-delay", Field::kCrawlDelay},
    {"crawldelay", Field::kCrawlDelay},
    {"crawl delay", Field::kCrawlDelay},
    {"dissallow", Field::kDisallow},
    {"dissalow", Field::kDisallow},
    {"disalow", Field::kDisallow},
    {"disallaw", Field::kDisallow},
    {"diasllow", Field::kDisallow},
    {"diallow", Field::kDisallow},
    {"dissalllow", Field::kDisallow},
}};

std::optional<Field> field_of(std::string_view name) {
  const auto* known = std::find_if(kFields.begin(), kFields.end(),
                                   [&](const auto& field) { return starts_with_ignoring_case(name, field.first); });
  if (known == kFields.end()) return std::nullopt;
  return known->second;
}

/// "name : value", or "name value" where neither has a blank in it.
std::optional<std::pair<std::string_view, std::string_view>> split(std::string_view line) {
  std::size_t separator = line.find(':');
  if (separator == std::string_view::npos) {
    const auto* blank = std::find_if(line.begin(), line.end(), is_blank);
    if (blank == line.end()) return std::nullopt;
    separator = static_cast<std::size_t>(blank - line.begin());
    const std::string_view value = trim(line.substr(separator));
    if (std::any_of(value.begin(), value.end(), is_blank)) return std::nullopt;
  }
  return std::pair{trim(line.substr(0, separator)), trim(line.substr(separator + 1))};
}

/// The first kMaxTextBytes, up to the last line that is whole.
std::string_view within_limit(std::string_view text) {
  if (text.size() <= kMaxTextBytes) return text;
  if (kLineEnds.find(text[kMaxTextBytes]) != std::string_view::npos) return text.substr(0, kMaxTextBytes);
  const std::size_t last_end = text.substr(0, kMaxTextBytes).find_last_of(kLineEnds);
  return text.substr(0, last_end == std::string_view::npos ? 0 : last_end);
}

}  // namespace

LineReader::LineReader(std::string_view text) : rest_(within_limit(text)) {
  for (const char c : kByteOrderMark) {
    if (!rest_.starts_with(c)) break;
    rest_.remove_prefix(1);
  }
}

std::string_view LineReader::take_line() {
  const std::size_t end = rest_.find_first_of(kLineEnds);
  const std::string_view line = rest_.substr(0, end);
  if (end == std::string_view::npos) {
    rest_ = {};
  } else {
    rest_.remove_prefix(rest_.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
  }
  ++number_;
  return line;
}

std::optional<Line> LineReader::next() {
  while (!rest_.empty()) {
    const std::string_view line = take_line();
    const auto parts = split(trim(line.substr(0, line.find('#'))));
    if (!parts) continue;
    if (const auto field = field_of(parts->first)) return Line{*field, parts->second, trim(line), number_};
  }
  return std::nullopt;
}

}  // namespace wswp::robots
