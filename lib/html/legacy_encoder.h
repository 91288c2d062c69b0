// Characters → bytes of a legacy encoding without states, as the encoders of the Encoding standard have it
// (https://encoding.spec.whatwg.org/#legacy-single-byte-encodings and on). Of encodings with several bytes a character
// ICU encodes; what the standard does otherwise is decided here.
//
// Belongs to one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "html/icu_converter.h"
#include "html/text_decoder.h"

namespace wswp::html {

class LegacyEncoder {
 public:
  // `encoding`: a name as of encoding_for_label; neither UTF-8 nor UTF-16, ISO-2022-JP or the replacement encoding.
  explicit LegacyEncoder(std::string_view encoding);

  // The bytes of `c`, which is outside ASCII; empty: the encoding lacks it.
  std::string encode(char32_t c);

 private:
  std::string encode_byte(char32_t c);
  std::string encode_several(char32_t c);
  std::string by_icu(char32_t c);
  bool is_former_gb18030(std::string_view bytes) const;
  bool is_written(std::string_view bytes, char32_t c) const;

  std::string_view encoding_;
  TextDecoder decoder_;
  IcuConverter converter_;       // null: a single-byte encoding
  std::vector<char32_t> bytes_;  // of that, what the bytes from 0x80 on are; made when first needed
};

}  // namespace wswp::html
