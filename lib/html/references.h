// Raw text of a page, as the tokenizer delivers it, into what it means: character references decoded
// (https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state), line ends normalised, NUL replaced.
// Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wswp::html {

// Where the text stands, which decides what is special in it.
enum class TextKind : std::uint8_t {
  kData,       // between tags: references
  kRcdata,     // in <title>, <textarea>: references; NUL becomes U+FFFD
  kRaw,        // in <script>, <style>, <plaintext>, …: no references; NUL becomes U+FFFD
  kCdata,      // in <![CDATA[ ]]>: nothing special
  kAttribute,  // an attribute value: as kRcdata, but "&copy=" and "&copyx" stay as they are
};

// Appends the meaning of `raw` to `out`. `raw` must be whole (a run cut at '<' is) and in UTF-8 or, where it is known
// to hold ASCII only, in any ASCII-compatible encoding; bytes of 0x80 and above are copied, references append UTF-8.
void append_decoded(std::string_view raw, TextKind kind, std::string& out);

}  // namespace wswp::html
