#pragma once
// Rewrites the header of an HTTP/1 response so that libcurl takes it as browsers do: a value that goes on in the next
// line becomes one line (RFC 9112 5.2), a line without a colon is left out, and so is Content-Length where
// Transfer-Encoding is there (RFC 9112 6.3). The body passes as it is. What is broken otherwise, libcurl is to see.
// One thread; one connection's response, interim ones included.

#include <cstddef>
#include <string>
#include <string_view>

namespace wswp::net {

class HeadFilter {
 public:
  /// Takes the next bytes from the server and appends to `out` what libcurl is to see.
  void feed(std::string_view bytes, std::string& out);
  /// The connection has ended: what has been held back of a header goes to `out`, without a blank line.
  void finish(std::string& out);

 private:
  void rewrite(std::string& out);

  std::string head_;      // so far
  std::size_t line_ = 0;  // where its last line begins
  bool in_body_ = false;  // or in what is no header
};

}  // namespace wswp::net
