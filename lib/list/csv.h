#pragma once
// Fields of one line of CSV (RFC 4180, but a quoted field ends with its line, so that a stray quote costs one row and
// not the rest of the list). Pure.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wswp::list {

/// The delimiter of a list that has only one column.
inline constexpr char kNoDelimiter = '\0';

/// Field number `column` (0-based) without quotes and surrounding blanks; none where the line has fewer fields. A view
/// of `line` or, where quotes were doubled, of `scratch`.
std::optional<std::string_view> csv_field(std::string_view line, char delimiter, std::size_t column,
                                          std::string& scratch);

/// All fields of `line`, at least one.
std::vector<std::string> csv_fields(std::string_view line, char delimiter);

}  // namespace wswp::list
