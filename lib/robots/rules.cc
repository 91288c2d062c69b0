#include "robots/rules.h"

#include <algorithm>
#include <tuple>

#include "robots/line_reader.h"
#include "robots/pattern.h"
#include "robots/rules_builder.h"

namespace wswp::robots {

Rules Rules::parse(std::string_view robots_txt, std::string_view product_token) {
  LineReader reader(robots_txt);
  RulesBuilder builder(product_token);
  while (const auto line = reader.next()) builder.add(*line);
  return builder.finish();
}

Rules Rules::allow_all() {
  return {};
}

Rules Rules::disallow_all() {
  Rules rules;
  rules.rules_.push_back({"/", 0, false});
  return rules;
}

void Rules::arrange() {
  if (std::all_of(rules_.begin(), rules_.end(), [](const Rule& rule) { return rule.allow; })) rules_.clear();
  std::sort(rules_.begin(), rules_.end(), [](const Rule& a, const Rule& b) {
    if (a.pattern.size() != b.pattern.size()) return a.pattern.size() > b.pattern.size();
    return std::tuple(!a.allow, std::string_view(a.pattern), a.line) <
           std::tuple(!b.allow, std::string_view(b.pattern), b.line);
  });
  const auto same = [](const Rule& a, const Rule& b) { return a.allow == b.allow && a.pattern == b.pattern; };
  rules_.erase(std::unique(rules_.begin(), rules_.end(), same), rules_.end());
  rules_.shrink_to_fit();
}

Verdict Rules::verdict(std::string_view path_and_query) const {
  if (rules_.empty() || path_and_query == "/robots.txt") return {};  // the latter: RFC 9309 2.2.2
  const Path path = normalize_path(path_and_query);
  for (const Rule& rule : rules_) {
    if (matches(rule.pattern, path)) return {rule.allow, rule.pattern, rule.line};
  }
  return {};
}

}  // namespace wswp::robots
