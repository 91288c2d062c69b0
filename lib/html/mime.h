// What a Content-Type header says, and whether a body is worth scanning for links. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wswp::html {

struct MimeType {
  std::string essence;  // "type/subtype" in lower case; empty where the header has none
  std::string
      charset;  // the charset parameter, unquoted, in lower case, as the server wrote it, in UTF-8; may be empty
};

// The type of a response by its Content-Type header, such as `Text/HTML; charset="UTF-8"`
// (https://fetch.spec.whatwg.org/#concept-header-extract-mime-type). Where the header has several values, in one line
// or joined by a comma, the last that is a type counts, with the charset of an earlier one of the same essence if it
// has none itself; "*/*" is no type.
MimeType extract_mime_type(std::string_view content_type);

// Of an essence: true for text/html and application/xhtml+xml.
bool is_html(std::string_view essence);

// Of an essence: whether it leaves open what the body is, so that its beginning decides
// (https://mimesniff.spec.whatwg.org/#mime-type-sniffing-algorithm): none, "unknown/unknown", "application/unknown".
bool is_unknown(std::string_view essence);

// How much of a body decides (https://mimesniff.spec.whatwg.org/#reading-the-resource-header), in bytes.
inline constexpr std::size_t kSniffedBytes = 1445;

// True if a body that begins with `head` looks like HTML
// (https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type). False of fewer than
// kSniffedBytes is final only at the end of the body.
bool looks_like_html(std::string_view head);

}  // namespace wswp::html
