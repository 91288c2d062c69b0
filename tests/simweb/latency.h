#pragma once
// How long a site takes before it answers: a constant, or drawn from a distribution by the site's hash, so that a
// site is always as slow as it was. Pure; any thread.

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace wswp::simweb {

/// Microseconds in "250us", "20ms", "1.5s" or "0".
Result<std::int64_t> parse_duration_us(std::string_view text);

class Latency {
 public:
  Latency() = default;
  /// "20ms": the same for all. "10ms..200ms": uniform. "lognormal:MEAN,SIGMA", for instance "lognormal:300ms,0.8";
  /// cut at nine seconds.
  static Result<Latency> parse(std::string_view spec);

  /// Microseconds, ≥ 0.
  std::int64_t draw_us(std::uint64_t hash) const;

 private:
  enum class Shape : std::uint8_t { kConstant, kUniform, kLognormal };
  Shape shape_ = Shape::kConstant;
  std::int64_t low_us_ = 0;  // the constant, the lower end, or the mean
  std::int64_t high_us_ = 0;
  double sigma_ = 0;
};

}  // namespace wswp::simweb
