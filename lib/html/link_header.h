// The Link header field → links (RFC 8288, https://www.rfc-editor.org/rfc/rfc8288). Pure, any thread.
#pragma once

#include <string_view>

#include "html/link_list.h"

namespace wswp::html {

// The links of a field value whose rel is one of a crawler's (link_kind in meta.h): canonical, next, prev, alternate,
// in order. Parsed as appendix B.2 of the RFC says, so commas and semicolons may stand in targets and in quoted
// strings; what is no link is passed over up to the next comma. Links of another context, which have an `anchor` that
// is more than a fragment, are left out. Link::href is as it stands, relative to the URL of the response, never to
// <base>.
LinkList parse_link_header(std::string_view value);

}  // namespace wswp::html
