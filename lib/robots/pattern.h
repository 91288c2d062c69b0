#pragma once
// The patterns of Allow and Disallow lines, and the paths they are compared with (RFC 9309 2.2.2, 2.2.3). Pure.
//
// Both are brought into one percent-encoding first, so that comparing them is comparing octets:
//   - encoded unreserved characters are decoded:               %62%61%7A → baz
//   - what a URI cannot hold as it stands is encoded:          ツ → %E3%83%84, a blank → %20, a lone % → %25
//   - hexadecimal digits are in upper case:                    %2f → %2F
//   - encoded reserved characters stay, as they differ from the plain ones by RFC 3986 2.2 — but behind the first '?',
//     ":/?#[]@" separate nothing and are decoded:              ?u=http%3A%2F%2Fa → ?u=http://a
//     and so is the apostrophe, which a URL has only encoded there (https://url.spec.whatwg.org/#query-state)
//   - '*' and '$' are %2A and %24 in a path; in a pattern they are that only where they are no wildcards, that is for a
//     '$' that is not at the end.

#include <string>
#include <string_view>

namespace wswp::robots {

/// A path with its query, made comparable.
struct Path {
  std::string text;
  /// The same with encoded separators in the query left as they were, where that differs; else empty. A pattern whose
  /// '*' reaches over the '?' cannot know on which side its "%2F" will be compared, so either may match.
  std::string verbatim;
};
Path normalize_path(std::string_view path_and_query);

/// Nothing that normalize_path() yields differs from what a pattern means after this.
std::string normalize_pattern(std::string_view pattern);

/// Whether `pattern` matches the beginning of `path` (all of it with a '$' at the end), both normalised. Takes each
/// literal between two '*' where it first fits, which is never wrong as only the last one may be anchored: no
/// backtracking, time about linear in the length of the path.
bool matches(std::string_view pattern, std::string_view path);
bool matches(std::string_view pattern, const Path& path);

}  // namespace wswp::robots
