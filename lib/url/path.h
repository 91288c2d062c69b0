#pragma once
// The path of a URL: segments, dots, encoding. https://url.spec.whatwg.org/#path-state. Pure.

#include <cstddef>
#include <string>
#include <string_view>

namespace wswp::url {

/// Whether `text`, which follows a '/', can be copied as it is: nothing to encode, no backslash, no segment that may be
/// dots; nor, since they are to be encoded in a path, a '?', a '#', or anything that is stripped around a URL.
bool is_canonical_path(std::string_view text);

/// Appends to a URL under construction the path `text` (what follows a '/', up to the query): dot segments are
/// resolved, '\' is '/', what must be encoded is. `out` from `path_begin` on is the path that `text` continues, without
/// a trailing slash ("" or "/a/b"); afterwards it begins with '/'.
void append_path(std::string_view text, std::size_t path_begin, std::string& out);

}  // namespace wswp::url
