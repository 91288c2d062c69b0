// Text of any encoding of the Encoding standard into UTF-8, what cannot be decoded as U+FFFD.
//
// Belongs to one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "html/icu_converter.h"
#include "html/iso_2022_jp_decoder.h"
#include "html/multi_byte_decoder.h"
#include "html/utf16_decoder.h"

namespace wswp::html {

class TextDecoder {
 public:
  // `encoding` is a name as of encoding_for_label.
  explicit TextDecoder(std::string_view encoding);

  // Appends the meaning of the next bytes of a stream, which may be cut anywhere; `last`: its end. Of UTF-8, a piece is
  // a whole text.
  void decode(std::string_view bytes, bool last, std::string& out);

  // Appends the meaning of a part of a page that a quote or a '<' ends, as it does the values of attributes: what these
  // bytes leave open ends there, and is no cut end of the page. Of ISO-2022-JP, a part is a text of its own.
  void decode_part(std::string_view bytes, std::string& out);

 private:
  void decode_with_exceptions(std::string_view bytes, std::string& out);
  void convert(std::string_view bytes, bool last, std::string& out);

  std::string_view encoding_;
  bool has_exceptions_ = false;  // a few bytes of a single-byte encoding
  IcuConverter from_;            // null: an encoding that needs none
  IcuConverter utf8_;            // of single-byte encodings
  std::variant<std::monostate, MultiByteDecoder, Iso2022JpDecoder, Utf16Decoder> own_;
};

}  // namespace wswp::html
