// Characters → bytes of a legacy encoding, for the queries of links
// (https://url.spec.whatwg.org/#string-percent-encode-after-encoding). ICU encodes; what the encoders of the Encoding
// standard do otherwise is decided here. Belongs to the thread of its converter.
#pragma once

#include <string>
#include <string_view>

struct UConverter;

namespace wswp::html {

struct Encoded {
  std::string bytes;               // empty: the encoding lacks the character
  bool decodes_otherwise = false;  // by intent: the yen sign of Japanese encodings is the byte of the backslash
};
// The bytes of `c`, which is outside ASCII. Unless they are meant to decode otherwise, they are right only if they
// decode to `c` again: ICU encodes some characters that the standard does not know.
Encoded encode_legacy(std::string_view encoding, UConverter* converter, char32_t c);

}  // namespace wswp::html
