#include "robots/rules_builder.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "robots/ascii.h"
#include "robots/pattern.h"
#include "robots/product_token.h"

namespace wswp::robots {
namespace {

/// The number that `text` begins with; what follows ("s", "seconds") does not matter.
std::optional<double> parse_delay(std::string_view text) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || !std::isfinite(seconds) || std::signbit(seconds)) return std::nullopt;
  return std::min(seconds, kMaxCrawlDelay);
}

}  // namespace

void RulesBuilder::add(const Line& line) {
  switch (line.field) {
    case Field::kUserAgent:
      return add_user_agent(line.value);
    case Field::kAllow:
      return add_rule(line, true);
    case Field::kDisallow:
      return add_rule(line, false);
    case Field::kCrawlDelay:
      return add_crawl_delay(line.value);
    case Field::kSitemap:
      return add_sitemap(line.value);
  }
}

void RulesBuilder::add_user_agent(std::string_view value) {
  if (!std::exchange(naming_, true)) own_.open = any_.open = false;
  Group* group = names_everyone(value) ? &any_ : names_token(value, token_) ? &own_ : nullptr;
  if (group != nullptr) group->exists = group->open = true;
}

// Only Allow and Disallow end the user-agent lines of a group: other records must not (RFC 9309 2.2.4).
void RulesBuilder::add_rule(const Line& line, bool allow) {
  naming_ = false;
  // An empty pattern matches nothing, and one that begins otherwise could not match any path.
  if (!line.value.starts_with('/') && !line.value.starts_with('*')) return;
  for (Group* group : {&own_, &any_}) {
    if (group->open) group->rules.push_back({normalize_pattern(line.value), line.number, allow});
  }
}

void RulesBuilder::add_crawl_delay(std::string_view value) {
  const auto delay = parse_delay(value);
  if (!delay) return;
  for (Group* group : {&own_, &any_}) {
    if (group->open) group->crawl_delay = std::max(group->crawl_delay.value_or(0), *delay);
  }
}

void RulesBuilder::add_sitemap(std::string_view value) {
  const bool absolute = starts_with_ignoring_case(value, "http://") || starts_with_ignoring_case(value, "https://");
  if (!absolute || value.size() > kMaxSitemapBytes || sitemaps_.size() >= kMaxSitemaps) return;
  if (std::find(sitemaps_.begin(), sitemaps_.end(), value) == sitemaps_.end()) sitemaps_.emplace_back(value);
}

Rules RulesBuilder::finish() {
  Group& group = own_.exists ? own_ : any_;
  Rules rules;
  rules.rules_ = std::move(group.rules);
  rules.crawl_delay_ = group.crawl_delay;
  if (group.exists) rules.group_ = own_.exists ? GroupKind::kOwn : GroupKind::kStar;
  rules.sitemaps_ = std::move(sitemaps_);
  rules.arrange();
  return rules;
}

}  // namespace wswp::robots
