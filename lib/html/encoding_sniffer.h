// What the first bytes of a page say about its encoding
// (https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding). Pure functions, any thread.
// Encodings are names as of encoding_for_label; empty: nothing is said.
#pragma once

#include <cstddef>
#include <string_view>

namespace wswp::html {

// How much of a page is searched for a declaration before its tokens are read.
inline constexpr std::size_t kPrescanBytes = 1024;

struct ByteOrderMark {
  std::string_view encoding;
  std::size_t size = 0;  // bytes to skip
};
// `head` should be at least 3 bytes, where the page has them.
ByteOrderMark find_byte_order_mark(std::string_view head);

// The encoding declared in the head of a page by <meta>, or by an XML declaration
// (https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding). `head` should
// be the first kPrescanBytes, or all of a shorter page.
std::string_view prescan_encoding(std::string_view head);

// The encoding in the content attribute of <meta http-equiv=content-type>
// (https://html.spec.whatwg.org/multipage/urls-and-fetching.html#extracting-character-encodings-from-meta-elements).
std::string_view encoding_in_meta_content(std::string_view content);

// What a declaration inside the page means: it cannot be UTF-16, as it could not have been read then, so that is taken
// as UTF-8, and x-user-defined as windows-1252.
std::string_view as_declared_in_page(std::string_view encoding);

}  // namespace wswp::html
