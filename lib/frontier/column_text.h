#pragma once
// What a stranger has said, as a column of the database holds it: the one way of a text from the web into a row.
// Readers of the views may rely on it: their columns are UTF-8 without NUL, and no header makes one long. One thread.

#include <cstddef>
#include <string>
#include <string_view>

#include "url/url.h"

namespace wswp::frontier {

/// The bytes that a text column has at most.
namespace column {
inline constexpr std::size_t kError = 64;
inline constexpr std::size_t kContentType = 255;  // RFC 6838 4.2: two names of 127
inline constexpr std::size_t kEncoding = 64;
inline constexpr std::size_t kTitle = 500;
inline constexpr std::size_t kUrl = url::kMaxLength;
inline constexpr std::size_t kAddress = 64;
inline constexpr std::size_t kHttpVersion = 8;
inline constexpr std::size_t kRules = std::size_t{4} << 20U;  // more than robots::Rules ever writes
}  // namespace column

/// Makes `text` fit for a column: what is ill-formed and what is NUL becomes U+FFFD, what passes `max_size` bytes is
/// cut between two characters. Costs one look at each byte where nothing is to be done, as with nearly all texts.
class ColumnText {
 public:
  /// `text` must live as long as this.
  ColumnText(std::string_view text, std::size_t max_size);
  ColumnText(const ColumnText&) = delete;
  ColumnText& operator=(const ColumnText&) = delete;

  std::string_view view() const { return view_; }

 private:
  std::string mended_;  // of a text that does not fit as it stands
  std::string_view view_;
};

}  // namespace wswp::frontier
