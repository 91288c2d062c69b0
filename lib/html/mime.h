// What a Content-Type header says, and whether a body is worth scanning for links. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

namespace wswp::html {

struct MimeType {
  std::string essence;  // "type/subtype" in lower case; empty where the value has none
  std::string charset;  // the first charset parameter, unquoted, in lower case, as the server wrote it; may be empty
};

// Parses a Content-Type value such as `Text/HTML; charset="UTF-8"`
// (https://mimesniff.spec.whatwg.org/#parsing-a-mime-type). A malformed essence leaves both members empty, as the
// standard's "failure" does.
MimeType parse_mime_type(std::string_view content_type);

// True for text/html and application/xhtml+xml.
bool is_html(std::string_view content_type);

// True if a body that begins with `head` looks like HTML
// (https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type): what to ask where the
// Content-Type is missing. The first 512 bytes are enough; fewer may be all there is.
bool looks_like_html(std::string_view head);

}  // namespace wswp::html
