#pragma once
// Picks what a crawler wants out of a response's header lines. Its strings are re-used from transfer to transfer.
// One thread. Invariant: at most kMaxValue bytes are kept of a field; what does not fit is left out as a whole, for
// half a URL leads somewhere else. As browsers do, it takes a value that goes on in the next line (RFC 9112 5.2) and a
// blank before the colon. The first line after the status line has none before it to go on with (RFC 9112 2.2).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "net/fetch_loop.h"
#include "net/framing.h"

namespace wswp::net {

class HeadParser {
 public:
  static constexpr std::size_t kMaxValue = std::size_t{16} << 10U;
  static constexpr std::size_t kMaxHead = std::size_t{256} << 10U;

  enum class State { kMore, kComplete, kMalformed };

  /// Forgets everything: the next line is the first of a new response. `may_be_http2`: its status line may say so, in
  /// the one form in which libcurl writes it.
  void clear(bool may_be_http2 = false);
  /// Takes one line, with or without its line end. kComplete exactly once a response: at the blank line after a final
  /// status (RFC 9110 section 15: not 1xx); what follows (trailers) is ignored. kMalformed once all lines pass
  /// kMaxHead, where the first one after a status line begins with a blank or a tab, for HTTP/2 and later where that
  /// cannot be, and instead of kComplete where the framing of the body is unsound or folded.
  State feed(std::string_view line);
  /// Status 0 until the header is complete.
  ResponseHead head() const;
  bool complete() const { return complete_; }
  /// The last status line has one that can be read.
  bool has_status() const { return status_ != 0; }
  /// The last status line said 101: the server goes on in another protocol, which nobody asked for.
  bool switches_protocol() const { return status_ == 101; }
  const Framing& framing() const { return framing_; }

 private:
  enum class At : std::uint8_t { kStatusLine, kFirstField, kFields };

  void forget_fields();
  State start_response(std::string_view status_line);
  State end_of_head();
  void keep(std::string_view name, std::string_view value);
  void keep_location(std::string_view value);
  void keep_cookie(std::string_view value);
  void go_on(std::string_view value);

  int status_ = 0;
  bool complete_ = false;
  bool may_be_http2_ = false;
  At at_ = At::kStatusLine;  // the next line
  bool bad_location_ = false;
  std::size_t size_ = 0;
  std::string* unfinished_ = nullptr;  // the field the next line may go on with
  Framing framing_;
  std::string content_type_, location_, retry_after_, cache_control_, x_robots_tag_, link_, refresh_;
  std::string expires_, date_, age_, cookies_;
};

}  // namespace wswp::net
