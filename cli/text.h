#pragma once
// Numbers and strings as people read them. Pure; any thread. Widths are columns of a terminal (wcwidth(3), so LC_CTYPE
// must be a UTF-8 locale for anything but ASCII).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/reply.h"

namespace wswp::cli {

/// 1234567 → "1,234,567".
std::string thousands(std::uint64_t number);
/// 18432 → "18.0 KiB"; below 1024 "17 B".
std::string human_bytes(std::uint64_t bytes);
/// Seconds → "4.2 s", "2m 05s", "1h 02m", "3d 04h". Negative counts as 0.
std::string human_duration(double seconds);
/// `part` of `whole` as "40.1 %"; "0.0 %" of nothing. 100.0 % only when it is all.
std::string percentage(std::uint64_t part, std::uint64_t whole);

/// `text` for a terminal: control characters and broken UTF-8, which the web is free to send, become "?".
std::string printable(std::string_view text);
/// `text`, which is UTF-8, for a file that may end up on a terminal: each control character becomes U+FFFD.
std::string without_controls(std::string_view text);
/// JSON in which no string holds a control character as it stands: those that JSON itself lets pass are U+007F to
/// U+009F.
std::string without_controls_in_json(std::string_view json);
/// Columns that printable `text` takes.
std::size_t display_width(std::string_view text);
/// Cut to `columns`, ending in `mark` if anything was cut off. `text` is printable.
std::string cut(std::string_view text, std::size_t columns, std::string_view mark);
std::string pad_right(std::string text, std::size_t columns);
std::string pad_left(std::string text, std::size_t columns);

/// A JSON value in a sentence or a table: null is "-", a string printable and bare, anything else as JSON.
std::string plain(const Json& value);
/// plain() of `object[key]`; "-" if it is not there.
std::string plain(const Json& object, std::string_view key);
/// A count in `object[key]`; 0 if it is missing or no number.
std::uint64_t count(const Json& object, std::string_view key);

}  // namespace wswp::cli
