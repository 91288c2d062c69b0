#pragma once
// For how long the header of an answer lets it be used again (RFC 9111 4.2, 5). Pure.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace wswp::robots {

/// Values of the fields of those names; empty: there was none.
struct CacheFields {
  std::string_view cache_control = {};
  std::string_view expires = {};
  std::string_view date = {};
  std::string_view age = {};  // of a cache on the way
};

/// Seconds from `now`, when the answer came: the first max-age of Cache-Control, or else Expires minus Date, both less
/// Age and at least 0. 0 for no-cache and no-store, and for an Expires that is no date. Nothing where neither says.
std::optional<std::int64_t> cache_lifetime_s(const CacheFields& fields, WallMs now);

}  // namespace wswp::robots
