// ISO-2022-JP as the Encoding standard decodes it (https://encoding.spec.whatwg.org/#iso-2022-jp-decoder). Which
// character two bytes are, EUC-JP knows, which has the same index.
//
// Belongs to one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "html/multi_byte_decoder.h"

namespace wswp::html {

class Iso2022JpDecoder {
 public:
  // `euc_jp`: ICU's converter of EUC-JP, which must outlive this and be used for nothing else meanwhile.
  explicit Iso2022JpDecoder(UConverter* euc_jp) : euc_jp_("euc-jp", euc_jp) {}

  // Appends the meaning of the next bytes of a stream, which may be cut anywhere; `last`: its end.
  void decode(std::string_view bytes, bool last, std::string& out);

 private:
  enum class State : std::uint8_t { kAscii, kRoman, kKatakana, kLead, kTrail, kEscapeStart, kEscape };

  void step(unsigned byte, std::string& out);
  void character(unsigned byte, std::string& out);
  void trail(unsigned byte, std::string& out);
  void escape(unsigned byte, std::string& out);
  void broken_escape(std::string& out);
  void end(std::string& out);

  MultiByteDecoder euc_jp_;
  State state_ = State::kAscii;
  State text_ = State::kAscii;  // what the last escape sequence chose: any up to kLead
  unsigned lead_ = 0;           // the byte before, in kTrail and kEscape
  bool escaped_ = false;        // an escape sequence has just ended; another one at once is an error
};

}  // namespace wswp::html
