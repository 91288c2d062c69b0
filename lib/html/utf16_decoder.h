// UTF-16 as the Encoding standard decodes it (https://encoding.spec.whatwg.org/#shared-utf-16-decoder). Belongs to one
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wswp::html {

class Utf16Decoder {
 public:
  explicit Utf16Decoder(bool big_endian) : big_endian_(big_endian) {}

  // Appends the meaning of the next bytes of a stream, which may be cut anywhere; `last`: its end.
  void decode(std::string_view bytes, bool last, std::string& out);

 private:
  void unit(char16_t unit, std::string& out);

  bool big_endian_;
  std::optional<unsigned char> first_byte_;  // of a unit of which the second is to come
  char16_t lead_ = 0;                        // a surrogate whose second half is to come; 0: none
};

}  // namespace wswp::html
