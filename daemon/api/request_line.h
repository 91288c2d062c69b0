#pragma once
// Whether a request's method and target are as they came: libmicrohttpd hands them on as C strings, which a zero byte
// would cut short, so that "/v1/crawls/a%00b" named the crawl "a". One request after another; one thread.

#include <cstddef>
#include <string_view>

namespace wswp::api {

class RequestLine {
 public:
  /// A request begins; `target` is as it was sent, but ends at a zero byte.
  void begin(std::string_view target);
  /// Decodes the %XX of `text` in place (RFC 3986, section 2.1; what is none stays) and returns its length.
  std::size_t unescape(char* text);
  /// Whether there was no zero byte, plain or encoded. The library keeps the three in one buffer, in this order, with
  /// one byte or some blanks between them: what is shorter than the way to the next has been cut.
  bool intact(std::string_view method, const char* path, const char* version) const;

 private:
  std::size_t length_ = 0;  // of the target as it was sent
  bool zero_ = false;       // an encoded zero byte was met
};

}  // namespace wswp::api
