#pragma once
// Picks what a crawler wants out of a response's header lines. Its strings are re-used from transfer to transfer.
// One thread. Invariant: at most kMaxValue bytes are kept of a field; what does not fit is left out as a whole, for
// half a URL leads somewhere else.

#include <cstddef>
#include <string>
#include <string_view>

#include "net/fetch_loop.h"

namespace wswp::net {

class HeadParser {
 public:
  static constexpr std::size_t kMaxValue = std::size_t{16} << 10U;
  static constexpr std::size_t kMaxHead = std::size_t{256} << 10U;

  enum class State { kMore, kComplete, kTooLong };

  /// Forgets everything: the next line is the first of a new response.
  void clear();
  /// Takes one line, with or without its line end. kComplete exactly once a response: at the blank line after a final
  /// status (RFC 9110 section 15: not 1xx); what follows (trailers) is ignored. kTooLong once all lines pass kMaxHead.
  State feed(std::string_view line);
  /// Status 0 until a status line was seen.
  ResponseHead head() const;

 private:
  void start_response(std::string_view status_line);
  void keep(std::string_view name, std::string_view value);

  int status_ = 0;
  bool complete_ = false;
  std::size_t size_ = 0;
  std::string content_type_, location_, retry_after_, cache_control_, x_robots_tag_, link_, refresh_;
  std::string expires_, date_, age_;
};

}  // namespace wswp::net
