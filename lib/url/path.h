#pragma once
// The path of a URL: segments, dots, encoding. https://url.spec.whatwg.org/#path-state. Pure.

#include <cstddef>
#include <string>
#include <string_view>

namespace wswp::url {

/// Appends to a URL under construction the path `text` (what follows a '/', up to the query): dot segments are
/// resolved, '\' is '/', what must be encoded is. `out` from `path_begin` on is the path that `text` continues, without
/// a trailing slash ("" or "/a/b"); afterwards it begins with '/'.
void append_path(std::string_view text, std::size_t path_begin, std::string& out);

}  // namespace wswp::url
