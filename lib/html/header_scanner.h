// What the header of a response says of its links, beside those the page itself has; for bodies of every type. Pure,
// any thread.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "html/link_list.h"
#include "html/meta.h"

namespace wswp::html {

// Values of the fields of those names; empty: there was none.
struct HeaderFields {
  std::string_view link;
  std::string_view refresh;
  std::string_view x_robots_tag;  // of several lines, with a line feed between them
};

struct HeaderFindings {
  LinkList links;           // relative to the URL of the response, never to <base>
  RobotsDirectives robots;  // as strict as these or as those of the page, whichever is more
};

// See parse_link_header, parse_refresh
// (https://html.spec.whatwg.org/multipage/document-lifecycle.html#the-refresh-header) and parse_robots_tag.
HeaderFindings scan_header(const HeaderFields& fields, std::string_view robots_token, WallMs now);

}  // namespace wswp::html
