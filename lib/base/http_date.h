#pragma once
// The dates of HTTP header fields and of their neighbours. Pure.

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace wswp {

/// The instant that `text` names, to the second, from 1970 to 9999:
///   - the three forms of RFC 9110 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT" and
///     "Sun Nov  6 08:49:37 1994";
///   - what people write instead: without day of the week or time, other separators, ISO 8601 ("1994-11-06T08:49:37Z",
///     "1994-11-06").
/// All are taken as UTC: HTTP has no other zone, and elsewhere half a day makes no difference. A year of two digits is
/// the one that is less than 50 years after `now`, as the RFC says. Nothing: it is no date, such as the "0" of many an
/// Expires.
std::optional<WallMs> parse_http_date(std::string_view text, WallMs now);

}  // namespace wswp
