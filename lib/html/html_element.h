// What the tree builder does with HTML elements by their names, as far as DocumentContext and FramesetState ask
// (https://html.spec.whatwg.org/multipage/parsing.html). Pure, any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace wswp::html {

enum ElementTrait : std::uint8_t {
  kNeverOpen = 1,        // has no contents, or is ignored within a body
  kSpecial = 2,          // https://html.spec.whatwg.org/multipage/parsing.html#special
  kFormatting = 4,       // https://html.spec.whatwg.org/multipage/parsing.html#formatting
  kClosesParagraph = 8,  // its start tag ends an open <p>
  kRulesOutFrames = 16,  // its start tag sets the frameset-ok flag to "not ok"
  kOfHead = 32,          // its start tag begins no body
};

// The traits of an element, or-ed; `name` as written, in letters of any case. 0: those of any other name.
std::uint8_t traits_of(std::string_view name);

}  // namespace wswp::html
