// ISO-2022-JP as the Encoding standard encodes it (https://encoding.spec.whatwg.org/#iso-2022-jp-encoder). Belongs to
// one thread.
#pragma once

#include <cstdint>
#include <string>

#include "html/legacy_encoder.h"

namespace wswp::html {

class Iso2022JpEncoder {
 public:
  Iso2022JpEncoder() : euc_jp_("euc-jp") {}

  // Appends the bytes of the next character of a text, with the escape sequences that it needs. 0, or the character
  // that an error is to name, of which nothing is written then.
  char32_t encode(char32_t c, std::string& bytes);

  // Appends what ends the text.
  void finish(std::string& bytes) { enter(State::kAscii, bytes); }

 private:
  enum class State : std::uint8_t { kAscii, kRoman, kTwoBytes };

  void enter(State state, std::string& bytes);

  LegacyEncoder euc_jp_;  // of the same index
  State state_ = State::kAscii;
};

}  // namespace wswp::html
