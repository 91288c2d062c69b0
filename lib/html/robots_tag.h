// The X-Robots-Tag header field
// (https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag#xrobotstag). Pure, any thread.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "html/meta.h"

namespace wswp::html {

// What the field asks of the crawler with the product token `robots_token`: what it asks of all, and what it asks of
// that one. `value`: the values of all its lines with a line feed between them.
//
//   noindex, nofollow                                  of all
//   otherbot: noindex, nofollow                        of otherbot, to the end of the line
//   noindex, otherbot: nofollow, wswp: none            of all; of otherbot; of wswp
//   unavailable_after: 25 Jun 2010 15:00:00 PST        noindex once `now` is past that
//   max-snippet: -1, max-image-preview: none           nothing to a crawler
//
// Where demands differ, the stricter one holds. Directives are as in parse_robots_directives.
RobotsDirectives parse_robots_tag(std::string_view value, std::string_view robots_token, WallMs now);

}  // namespace wswp::html
