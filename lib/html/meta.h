// The little languages inside attribute values: rel, robots directives, refresh. Pure functions over decoded values,
// any thread.
#pragma once

#include <optional>
#include <string_view>

#include "html/page_scanner.h"

namespace wswp::html {

// Whether a rel value, a set of words, holds `lower_word`.
bool rel_has(std::string_view rel, std::string_view lower_word);

// What a <link> of that rel is to a crawler; nothing for style sheets, icons and the like. A canonical link that is
// also something else is canonical.
std::optional<LinkKind> link_kind(std::string_view rel);

struct RobotsDirectives {
  bool noindex = false;
  bool nofollow = false;
};
// The content of <meta name=robots>: words, case ignored; "none" is both. Unknown words mean nothing, and neither does
// the value of one ("max-image-preview: none"). They should stand between commas, but semicolons and blanks are taken
// as well: who wrote "noindex nofollow" meant it
// (https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag).
RobotsDirectives parse_robots_directives(std::string_view content);

// The URL of a refresh, "5; url=…", of <meta> or of the header field, in all the forms the standard accepts
// (https://html.spec.whatwg.org/multipage/semantics.html#shared-declarative-refresh-steps); nothing if it is invalid or
// reloads the page itself.
std::optional<std::string_view> parse_refresh(std::string_view content);

}  // namespace wswp::html
