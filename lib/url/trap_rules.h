#pragma once
// URLs that are likely one of endlessly many which a site makes up as it is crawled: calendars, session ids, paths and
// queries that grow with every link. Judged by the text of the URL alone, so the same URL is always judged the same.
// Pure, any thread.
//
// Meant for links and redirects; what somebody put on a list is fetched whatever it looks like. A rule bounds how far a
// trap is followed, not whether: the first few steps into one look like any other page.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/clock.h"
#include "url/url.h"

namespace wswp::url {

/// Which rule cuts a URL; in the order in which they are asked.
enum class Trap : std::uint8_t {
  kNone,
  kUrlTooLong,          // more bytes than max_length
  kHostTooDeep,         // more labels than max_host_labels: a.b.c.….example.com
  kPathTooDeep,         // more segments than max_segments
  kRepeatedSegments,    // a segment more often than max_repeats: /a/b/a/b/a/b/a/b
  kTooManyParameters,   // more than max_parameters
  kRepeatedParameters,  // a parameter with the same value more often than max_repeats: ?x=1&x=1&x=1&x=1
  kNestedEncoding,      // percent signs encoded more often than max_encodings: ?next=%2525252F
  kSessionId,           // see session_id.h
  kFarDate,             // a date outside of what a calendar has to say, see far_date.h
};

/// How many there are, kNone included.
inline constexpr std::size_t kTraps = 10;

/// "url_too_long", "repeated_segments", …: to be counted by, shown and configured.
std::string_view to_string(Trap trap);

/// 0 switches a rule off, but for the dates.
struct TrapLimits {
  std::size_t max_length = 2048;     // bytes of the whole URL
  std::size_t max_host_labels = 10;  // "www.example.com" has 3
  std::size_t max_segments = 20;     // "/a/b/" has 2
  std::size_t max_repeats = 3;       //
  std::size_t max_parameters = 20;   //
  std::size_t max_encodings = 2;     // "%2F" is 0, "%252F" 1
  bool session_ids = true;           //
  bool far_dates = true;             //
  int max_years_ahead = 2;           // of `this_year`
  int first_year = 1900;             // earlier ones are far
};

/// The first rule that cuts `url`. Time: linear in its length, with small factors; about 0.1 µs for most.
Trap trap_of(const Url& url, const TrapLimits& limits, int this_year);

/// The year of an instant, UTC.
int utc_year(WallMs instant);

}  // namespace wswp::url
