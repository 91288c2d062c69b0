#pragma once
// What a text must keep to before toml++ may parse it, which takes stack for each level of nesting and for each dot of
// a key, and memory for all. Far beyond every configuration there is. Pure; any thread.

#include <cstddef>
#include <optional>
#include <string_view>

#include "config/problem.h"

namespace wswp::config {

inline constexpr std::size_t kMaxFileBytes = std::size_t{1024} * 1024;
/// Of the dots of one key, and of the brackets and braces that are open at once.
inline constexpr int kMaxNesting = 16;

/// Where `toml` is too long or nests too deep; nothing: it does not. It need not be valid TOML.
std::optional<Problem> beyond_bounds(std::string_view toml);

}  // namespace wswp::config
