// Text of any encoding of the Encoding standard into UTF-8, what cannot be decoded as U+FFFD.
//
// Belongs to one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "html/multi_byte_decoder.h"

struct UConverter;

namespace wswp::html {

class TextDecoder {
 public:
  // `encoding` is a name as of encoding_for_label.
  explicit TextDecoder(std::string_view encoding);

  // Appends the meaning of `bytes`, a whole text.
  void decode(std::string_view bytes, std::string& out) { decode(bytes, true, out); }
  // Appends the meaning of the next bytes of a stream, which may be cut anywhere; `last`: its end.
  void decode(std::string_view bytes, bool last, std::string& out);

  // Appends text (UTF-8) as a URL's query writes it in this encoding: bytes from 0x80 on percent-encoded, characters
  // that the encoding lacks as an encoded numeric reference
  // (https://url.spec.whatwg.org/#string-percent-encode-after-encoding). ASCII is copied. UTF-8 stands in for UTF-16
  // and for ISO-2022-JP.
  void percent_encode(std::string_view utf8, std::string& out);

 private:
  struct Close {
    void operator()(UConverter* converter) const;
  };
  using Converter = std::unique_ptr<UConverter, Close>;
  static Converter open(const char* name);

  void decode_with_exceptions(std::string_view bytes, std::string& out);
  void convert(std::string_view bytes, bool last, std::string& out);
  std::string encode(char32_t c);

  std::string_view encoding_;
  bool has_exceptions_ = false;  // a few bytes of a single-byte encoding
  Converter from_;               // null: UTF-8, or an encoding ICU does not know
  Converter utf8_;
  std::optional<MultiByteDecoder> multi_byte_;
};

// Appends UTF-8 text, every ill-formed part of it replaced as the Encoding standard says.
void append_well_formed(std::string_view utf8, std::string& out);

}  // namespace wswp::html
