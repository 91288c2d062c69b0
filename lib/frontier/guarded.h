#pragma once
// Where the storage's failures become what the frontier's interface promises.

#include "frontier/frontier.h"
#include "store/database.h"

namespace wswp::frontier {

/// Runs `f`; store::Failure becomes Unavailable.
template <class F>
decltype(auto) guarded(F&& f) {
  try {
    return f();
  } catch (const store::Failure& failure) {
    throw Unavailable(failure.obstacle(), failure.what());
  }
}

}  // namespace wswp::frontier
