#pragma once
// Percent-encoding, https://url.spec.whatwg.org/#percent-encoded-bytes. Pure.

#include <string>
#include <string_view>

#include "url/bytes.h"

namespace wswp::url {

/// Appends `text` with every byte of the class `which` (kEncodeInPath or kEncodeInQuery) as "%XX". What is already
/// encoded stays as it is.
void append_encoded(std::string_view text, ByteClass which, std::string& out);

/// `text` with "%XX" turned into bytes; a '%' without two hexadecimal digits stays.
std::string percent_decoded(std::string_view text);

}  // namespace wswp::url
