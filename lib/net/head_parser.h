#pragma once
// Picks what a crawler wants out of a response's header lines. Its strings are re-used from transfer to transfer.
// One thread. Invariant: at most kMaxValue bytes are kept of a field; what does not fit is left out as a whole, for
// half a URL leads somewhere else. As browsers do, it takes a value that goes on in the next line (RFC 9112 5.2) and a
// blank before the colon. The first line after the status line has none before it to go on with (RFC 9112 2.2).

#include <cstddef>
#include <string>
#include <string_view>

#include "net/fetch_loop.h"

namespace wswp::net {

class HeadParser {
 public:
  static constexpr std::size_t kMaxValue = std::size_t{16} << 10U;
  static constexpr std::size_t kMaxHead = std::size_t{256} << 10U;

  enum class State { kMore, kComplete, kMalformed };

  /// Forgets everything: the next line is the first of a new response.
  void clear();
  /// Takes one line, with or without its line end. kComplete exactly once a response: at the blank line after a final
  /// status (RFC 9110 section 15: not 1xx); what follows (trailers) is ignored. kMalformed once all lines pass
  /// kMaxHead, where the first one after a status line begins with a blank or a tab, and instead of kComplete where the
  /// body has two lengths that differ (RFC 9112 6.3).
  State feed(std::string_view line);
  /// Status 0 until the header is complete.
  ResponseHead head() const;
  bool complete() const { return complete_; }
  /// The last status line said 101: the server goes on in another protocol, which nobody asked for.
  bool switches_protocol() const { return status_ == 101; }

 private:
  void start_response(std::string_view status_line);
  State end_of_head();
  void keep(std::string_view name, std::string_view value);
  void keep_location(std::string_view value);
  void keep_length(std::string_view value);
  void go_on(std::string_view value);

  int status_ = 0;
  bool complete_ = false;
  bool at_first_field_ = false;  // the line before was a status line
  bool bad_location_ = false;
  bool lengths_differ_ = false;
  bool transfer_coded_ = false;  // then lengths do not count
  std::size_t size_ = 0;
  std::string* unfinished_ = nullptr;  // the field the next line may go on with
  std::string length_;
  std::string content_type_, location_, retry_after_, cache_control_, x_robots_tag_, link_, refresh_;
  std::string expires_, date_, age_;
};

}  // namespace wswp::net
