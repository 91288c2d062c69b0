#pragma once
// Dates in URLs, for calendars that go on for ever. Pure, any thread.

#include <string_view>

namespace wswp::url {

/// Whether a date in `target` (as of Url::target()) is of a year before `first_year` or after `last_year`, by no more
/// than a century: a calendar gets to the next century year by year, and larger numbers are mostly no years. Dates are
///
///   /2031/05  /2031/may               a year and a month as segments; a month of one digit where a segment before it
///   /events/2031/5                    speaks of a calendar
///   /2031-05  /2031-05-01  /05-2031   segments that are a date, also with something after a '.' or 'T'
///   ?x=2031-05  ?x=1/5/2031           values that are a date; separators '-', '.', '/', "%2F"
///   ?month=203105  ?date=20310501     with a name that speaks of a calendar
///   ?year=2031                        with "year" in the name
bool has_far_date(std::string_view target, int first_year, int last_year);

}  // namespace wswp::url
