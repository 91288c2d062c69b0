// Characters that decoders and encoders of several encodings know by name.
#pragma once

namespace wswp::html {

inline constexpr char32_t kEuro = 0x20AC;
inline constexpr char32_t kYen = 0xA5;
inline constexpr char32_t kOverline = 0x203E;
inline constexpr char32_t kHalfWidthKatakana = 0xFF61;  // the first

}  // namespace wswp::html
