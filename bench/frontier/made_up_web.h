#pragma once
// Hosts, pages and outcomes as a crawl of a top list meets them, made from numbers: nothing is stored, and equal
// numbers give equal values. Pure.

#include <cstdint>
#include <string>
#include <vector>

#include "frontier/types.h"

namespace wswp::bench {

/// A 64-bit mix in which every bit of the result depends on every bit of `n` (splitmix64).
std::uint64_t mixed(std::uint64_t n);

/// The origin of the list's host `index`: "http://", syllables, a hyphen, the number in letters and a top-level domain.
/// Distinct for distinct numbers.
std::string origin(std::uint64_t index);

/// The home pages of the hosts [begin, begin + count), in list order.
std::vector<url::Url> home_pages(std::uint64_t begin, std::uint64_t count);

/// A page that was fetched: all columns filled as they usually are.
frontier::Outcome page_outcome(std::uint64_t index, WallMs now);

/// The 20 links of a page of `origin`: 18 to four pages of its own (three of which are new to the crawl when it is the
/// first page of the host), 2 to home pages of other hosts among the first `hosts` of the list, popular ones more
/// often.
std::vector<frontier::FoundUrl> page_links(const std::string& origin, std::uint64_t seed, std::uint64_t hosts);

}  // namespace wswp::bench
