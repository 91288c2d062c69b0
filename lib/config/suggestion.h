#pragma once
// "Did you mean …?" Pure.

#include <string_view>
#include <vector>

namespace wswp::config {

/// The candidate that `name` is most likely a misspelling of; empty: none is near enough (a third of its length, at
/// least two letters). Letters inserted, left out or exchanged count one each (Levenshtein).
std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace wswp::config
