// The bytes of single-byte encodings that ICU takes for another character than the indexes of the Encoding standard
// (https://encoding.spec.whatwg.org/#legacy-single-byte-encodings), all of them in the encodings that ICU lacks.
// Constant data, any thread.
#pragma once

#include <optional>
#include <string_view>

namespace wswp::html {

// Whether ICU lacks the encoding, so that decode_byte() is all there is.
bool is_own_single_byte(std::string_view encoding);

// The character of a byte of such an encoding.
char32_t decode_byte(std::string_view encoding, unsigned char byte);

// Whether an encoding that ICU has is otherwise there for some bytes.
bool has_byte_exceptions(std::string_view encoding);

// What such a byte is; U+FFFD: no character.
std::optional<char32_t> byte_exception(std::string_view encoding, unsigned char byte);

}  // namespace wswp::html
