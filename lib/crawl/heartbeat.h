#pragma once
// How often a thread says that it lives.

#include <cstdint>

namespace wswp::crawl {

/// No thread waits longer before it turns its loop, and so beats.
inline constexpr std::int64_t kLongestWaitMs = 500;

}  // namespace wswp::crawl
