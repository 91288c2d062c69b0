#pragma once
// What a hostile HTTP/1 server answers: a grammar of heads, framings and bodies with odd choices at every turn, then
// bytes changed, spliced and cut, then sent in pieces. Pure: seed, URL and the number of the request decide it all, so
// it is the same in whatever order URLs are asked for.

#include <cstdint>
#include <string>
#include <string_view>

#include "delivery.h"

namespace wswp::fuzz {

struct Asked {
  std::string host;          // without its port, in lower case
  std::string target;        // path and query
  int attempt = 1;           // how often this has been asked for, with this time
  std::uint32_t stream = 1;  // of HTTP/2
};

/// A number of its own for each seed, URL and attempt.
std::uint64_t seed_of(std::uint64_t seed, const Asked& asked);

/// The hostile answer.
Delivery http1_answer(std::uint64_t seed, const Asked& asked);

/// What a healthy site answers: 404 for its robots.txt, else a page whose title is healthy_title().
Delivery healthy_http1_answer(const Asked& asked);
std::string healthy_title(const Asked& asked);
bool is_healthy(std::string_view host);

}  // namespace wswp::fuzz
