#pragma once
// The same words in every charset a page may declare, and the names of these charsets. Constants; any thread.

#include <string_view>

#include "simweb/behaviour.h"

namespace wswp::simweb {

struct CharsetText {
  std::string_view label;     // what the page declares
  std::string_view encoding;  // the name of the encoding in the WHATWG Encoding Standard, in lower case
  std::string_view bom;
  std::string_view words;  // in this charset; among them Shift_JIS letters whose second byte is a backslash
  std::string_view words_utf8;
};

const CharsetText& charset_text(CharsetKind kind);

}  // namespace wswp::simweb
