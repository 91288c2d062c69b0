#pragma once
// Waiting in tests: for a condition, with a deadline, and never for a time to pass. This is the only place that naps.

#include <chrono>
#include <functional>

namespace wswp::test {

/// Long enough for anything a test waits for, also on a loaded machine.
inline constexpr std::chrono::seconds kPatience{30};

/// Asks until the condition holds; false: it did not within `deadline`.
[[nodiscard]] bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds deadline = kPatience);

}  // namespace wswp::test
