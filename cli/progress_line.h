#pragma once
// The line that moves on standard error while something is being sent; nothing where that is no terminal. Is wiped
// when it dies. One thread.

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "cli/output.h"

namespace wswp::cli {

class ProgressLine {
 public:
  /// `terminal`: of standard error. Redraws at most ten times a second of `clock`.
  ProgressLine(const Terminal& terminal, const Clock& clock) : terminal_(terminal), clock_(clock) {}
  ~ProgressLine() { wipe(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// `sent` bytes of `total`, if that is known, of what is called `label`.
  void update(const std::string& label, std::uint64_t sent, std::optional<std::uint64_t> total);
  void wipe();

 private:
  const Terminal& terminal_;
  const Clock& clock_;
  MonoMs next_ = 0;
  bool drawn_ = false;
};

}  // namespace wswp::cli
