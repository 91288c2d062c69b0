#pragma once
// The head of an HTTP/1.x request (RFC 9112), as far as a server of generated pages needs it. Pure; any thread.

#include <cstddef>
#include <string_view>

namespace wswp::simweb {

/// Views into the bytes that were parsed.
struct HttpRequest {
  std::string_view method;
  std::string_view target;
  std::string_view authority;  // Host, as sent; may be empty
  std::string_view user_agent;
  bool accepts_gzip = false;
  bool keep_alive = true;
  bool is_http_1_0 = false;
  std::size_t body_bytes = 0;  // Content-Length
};

enum class ParseState { kIncomplete, kComplete, kBad };

/// A head longer than this is kBad.
inline constexpr std::size_t kMaxHeadBytes = 16384;

/// Parses the head at the start of `bytes`; `head_bytes` is its length with the empty line when complete.
ParseState parse_request(std::string_view bytes, HttpRequest& request, std::size_t& head_bytes);

}  // namespace wswp::simweb
