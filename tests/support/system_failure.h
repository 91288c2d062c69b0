#pragma once
// A call of the system that fails ends the test.

#include <cerrno>
#include <system_error>

namespace wswp::test {

/// Throws std::system_error for errno; `doing` says what failed.
[[noreturn]] inline void fail(const char* doing) {
  throw std::system_error(errno, std::generic_category(), doing);
}

}  // namespace wswp::test
