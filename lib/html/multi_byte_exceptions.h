// The pairs of bytes that the Encoding standard's indexes (https://encoding.spec.whatwg.org/#indexes) take for another
// character than the ICU 72 of Debian 12 does. Constant data, any thread.
#pragma once

#include <cstdint>

namespace wswp::html {

// The character, or 0: there is no exception. `pair`: lead byte, then trail byte.
char32_t big5_exception(std::uint16_t pair);
char32_t gb18030_exception(std::uint16_t pair);

// The other way round, as encoders need it; of Big5 without HKSCS, which is not encoded.
std::uint16_t big5_exception_for(char32_t character);
std::uint16_t gb18030_exception_for(char32_t character);

}  // namespace wswp::html
