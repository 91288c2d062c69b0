#pragma once
// Fields of one record of CSV (RFC 4180, but a quoted field that is not closed ends with the record, so that a stray
// quote costs one row and not the rest of the list). Pure.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wswp::list {

/// The delimiter of a list that has only one column.
inline constexpr char kNoDelimiter = '\0';

/// Tells how many lines make a record.
class QuoteScanner {
 public:
  enum class State {
    kClosed,  // the record ends with the line
    kOpen,    // it ends in a quoted field
    kStray,   // the quoted field that reached into it is closed where no field ends: it is none
  };

  explicit QuoteScanner(char delimiter) : delimiter_(delimiter) {}

  /// `line`: the next one, without its end. Not after kClosed or kStray.
  State feed(std::string_view line);

 private:
  char delimiter_;
  bool open_ = false;
};

/// Field number `column` (0-based) without quotes and surrounding blanks; none where the record has fewer fields. A
/// view of `record` or, where quotes were doubled, of `scratch`.
std::optional<std::string_view> csv_field(std::string_view record, char delimiter, std::size_t column,
                                          std::string& scratch);

/// All fields of `record`, at least one.
std::vector<std::string> csv_fields(std::string_view record, char delimiter);

}  // namespace wswp::list
