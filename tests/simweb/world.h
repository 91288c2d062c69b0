#pragma once
// All that decides what simweb plays: the seed, the profile and the figures. Immutable once the server or the oracle
// runs, and read by all threads. Two processes with equal worlds play the same internet.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simweb/behaviour.h"
#include "simweb/latency.h"

namespace wswp::simweb {

struct SizeRange {
  std::size_t low = 18000;
  std::size_t high = 18000;
};
/// "18000" or "2000..60000" (drawn evenly on a logarithmic scale), bytes.
Result<SizeRange> parse_size_range(std::string_view spec);

struct World {
  std::uint64_t seed = 1;
  Mix mix;
  Latency latency;
  double time_scale = 1;           // multiplies every latency
  SizeRange size;                  // bytes of a page before compression; never less than its links need
  unsigned links = 60;             // outlinks of a page, duplicates included
  unsigned pages = 100;            // pages of a site that links lead to
  unsigned external = 10;          // percent of the links that lead to other sites
  std::string crawl_delay = "1";   // seconds, as robots.txt spells it
  unsigned retry_after = 1;        // seconds, of every 429
  unsigned addresses = 0;          // distinct addresses of all sites; 0: as many as 127/8 has
  unsigned dns_ttl = 300;          // seconds; a name's TTL is between this and its double
  std::vector<std::string> sites;  // where links to other sites lead; empty: neighbour-N.test
};

/// The world of a named profile: "clean", "web", "links" or "text500".
Result<World> world_of_profile(std::string_view name);

}  // namespace wswp::simweb
