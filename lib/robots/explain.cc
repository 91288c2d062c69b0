#include "robots/explain.h"

#include "robots/line_reader.h"
#include "robots/product_token.h"

namespace wswp::robots {

Explanation explain(std::string_view robots_txt, std::string_view product_token, std::string_view path_and_query) {
  const Rules rules = Rules::parse(robots_txt, product_token);
  const Verdict verdict = rules.verdict(path_and_query);
  Explanation explanation{.allowed = verdict.allowed, .group = rules.group(), .user_agent = {}, .rule = {}};
  if (verdict.line == 0) return explanation;
  const bool own = rules.group() == GroupKind::kOwn;
  LineReader reader(robots_txt);
  while (const auto line = reader.next()) {
    const SourceLine here{line->number, line->text};
    if (line->number == verdict.line) {
      explanation.rule = here;
      return explanation;
    }
    if (line->field != Field::kUserAgent) continue;
    if (own ? names_token(line->value, product_token) : names_everyone(line->value)) explanation.user_agent = here;
  }
  return explanation;
}

}  // namespace wswp::robots
