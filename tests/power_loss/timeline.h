#pragma once
// The states a database has been in, commit by commit, and up to which of them nothing can be lost any more. Belongs to
// one thread.
//
// A power cut takes commits back, and what is committed next stands in the log where they stood. Until that is on disk
// another power cut may undo it in turn, sector by sector, so that the commits that had been taken back are whole
// again: a past, in order and complete. It is as good as what was lost with it.

#include <cstddef>
#include <optional>
#include <vector>

#include "inspection.h"

namespace wswp::power {

class Timeline {
 public:
  explicit Timeline(StateDigest first) : states_{first} {}

  /// A commit that changes nothing does not count.
  void committed(StateDigest state);
  /// All that was committed is on disk.
  void secured();
  std::size_t newest() const { return states_.size() - 1; }
  std::size_t safe() const { return safe_; }

  /// After a power cut: goes back to the last commit that left this state, or to the past that did; from then on it is
  /// safe. False: it has never been in this state, or not since safe(); then nothing changes.
  bool go_back(StateDigest state);
  /// Whether it has ever been in this state.
  bool knows(StateDigest state) const { return find(state).has_value(); }

 private:
  std::optional<std::size_t> find(StateDigest state) const;
  void cut_after(std::size_t commit);
  bool go_back_to_a_past(StateDigest state);

  std::vector<StateDigest> states_;
  std::size_t safe_ = 0;
  std::vector<std::vector<StateDigest>> pasts_;  // what followed safe_ and was taken back
};

}  // namespace wswp::power
