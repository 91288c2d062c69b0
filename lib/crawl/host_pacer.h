#pragma once
// How a host bears our visits: what one visit learns of it, and what follows for the time between requests and for the
// rest after the visit. Pure; one visit's.
//
// Invariant: however often a visit has failed, it adds one to the host's failures in a row; an answer afterwards takes
// all of them back.

#include <cstdint>
#include <optional>

#include "crawl/policy.h"
#include "frontier/types.h"

namespace wswp::crawl {

class HostPacer {
 public:
  /// `known`: what earlier visits have left. `policy` outlives it.
  HostPacer(const Policy& policy, const frontier::HostPace& known) : policy_(policy), known_(known), pace_(known) {}

  /// What a page took, in milliseconds, whatever it answered.
  void took(std::int64_t elapsed_ms);
  /// The host has answered.
  void answered() { pace_.failures = 0; }
  /// A failure that may pass; the host asks to be left alone for `asked_ms` (0: it does not). `luck` as of
  /// backoff_ms().
  void failed(std::int64_t asked_ms, double luck);

  /// Visits in a row that a failure has ended, this one included.
  int failures() const { return pace_.failures; }
  /// Milliseconds between two requests that the host's slowness asks for; 0: none.
  std::int64_t delay_ms() const;
  /// Milliseconds that the host deserves after the visit for its failures.
  std::int64_t rest_ms() const { return rest_ms_; }
  /// To be kept, if it has changed.
  std::optional<frontier::HostPace> change() const;

 private:
  const Policy& policy_;
  const frontier::HostPace known_;
  frontier::HostPace pace_;
  std::int64_t rest_ms_ = 0;
};

}  // namespace wswp::crawl
