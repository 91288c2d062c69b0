#pragma once
// What a hostile HTTP/2 server answers: a right answer with odd frames before, between and behind its own, then bytes
// changed and cut. Pure; as with http1_answer(), seed, URL and attempt decide it all.

#include <cstdint>

#include "http1_answers.h"

namespace wswp::fuzz {

Delivery http2_answer(std::uint64_t seed, const Asked& asked);
/// As healthy_http1_answer().
Delivery healthy_http2_answer(const Asked& asked);

}  // namespace wswp::fuzz
