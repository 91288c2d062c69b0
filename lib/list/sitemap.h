#pragma once
// Sitemaps, https://www.sitemaps.org/protocol.html, parsed as they stream in.

#include "base/result.h"
#include "list/byte_source.h"
#include "list/row_emitter.h"

namespace wswp::list {

/// Emits every <urlset><url><loc>. Errors: the source's; XML that is not well-formed, with the line; a root element
/// other than <urlset>.
Result<> read_sitemap(ByteSource& source, RowEmitter& rows);

}  // namespace wswp::list
