#pragma once
// Text of an attribute in quotes.

#include <string>
#include <string_view>

namespace wswp::simweb {

inline void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else
      out += c;
  }
}

}  // namespace wswp::simweb
