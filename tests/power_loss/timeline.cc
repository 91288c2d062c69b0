#include "timeline.h"

#include <algorithm>

namespace wswp::power {

void Timeline::committed(StateDigest state) {
  if (state != states_.back()) states_.push_back(state);
}

void Timeline::secured() {
  if (safe_ != newest()) pasts_.clear();
  safe_ = newest();
}

std::optional<std::size_t> Timeline::find(StateDigest state) const {
  const auto found = std::find(states_.rbegin(), states_.rend(), state);
  if (found == states_.rend()) return std::nullopt;
  return static_cast<std::size_t>(states_.rend() - found) - 1;
}

void Timeline::cut_after(std::size_t commit) {
  if (commit != safe_) pasts_.clear();
  const auto rest = states_.begin() + static_cast<std::ptrdiff_t>(commit) + 1;
  if (rest != states_.end()) pasts_.emplace_back(rest, states_.end());
  states_.erase(rest, states_.end());
  safe_ = commit;
}

bool Timeline::go_back_to_a_past(StateDigest state) {
  const auto knows = [state](const std::vector<StateDigest>& past) {
    return std::find(past.begin(), past.end(), state) != past.end();
  };
  const auto found = std::find_if(pasts_.begin(), pasts_.end(), knows);
  if (found == pasts_.end()) return false;
  const std::vector<StateDigest> past = *found;
  pasts_.clear();
  states_.resize(safe_ + 1);
  states_.insert(states_.end(), past.begin(), past.end());
  cut_after(safe_ + 1 + static_cast<std::size_t>(std::find(past.begin(), past.end(), state) - past.begin()));
  return true;
}

bool Timeline::go_back(StateDigest state) {
  const std::optional<std::size_t> commit = find(state);
  if (!commit || *commit < safe_) return go_back_to_a_past(state);
  cut_after(*commit);
  return true;
}

}  // namespace wswp::power
