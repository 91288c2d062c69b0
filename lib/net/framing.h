#pragma once
// What the header of a response says of the extent of its body and of its codings, in one's own reading: libcurl takes
// the number a length begins with, overlooks what goes on in the next line, and refuses codings it does not know.
// One thread. Pure, except that its strings are re-used.

#include <string>
#include <string_view>

namespace wswp::net {

struct Framing {
  // The values of all lines of the field, joined by commas.
  std::string lengths;           // Content-Length
  std::string transfer_codings;  // Transfer-Encoding
  std::string content_codings;   // Content-Encoding
  bool folded = false;           // one of them goes on in the next line (RFC 9112 5.2), which libcurl does not see
  bool too_long = false;         // not all of them was kept

  void clear();
  /// Whether `field` is one of the three.
  bool has(const std::string* field) const;
  /// False: nobody can tell where the body ends (RFC 9112 6.3). Either chunked is a transfer coding, then as the last
  /// one and once, and lengths do not count; or all lengths are the same number of digits alone.
  bool sound() const;
  /// False: the body has a content coding that is not registered or that no browser knows; it is taken as it comes.
  bool decodable() const;
};

}  // namespace wswp::net
