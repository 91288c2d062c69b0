#include "simweb/latency.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "simweb/hash.h"

namespace wswp::simweb {
namespace {

constexpr std::int64_t kLongestUs = 9'000'000;
constexpr std::string_view kLognormal = "lognormal:";

/// In (0, 1).
double fraction(std::uint64_t hash) {
  return (static_cast<double>(hash >> 11) + 0.5) * 0x1p-53;
}

}  // namespace

Result<std::int64_t> parse_duration_us(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  double scale = 0;
  if (unit == "us") scale = 1;
  if (unit == "ms") scale = 1e3;
  if (unit == "s") scale = 1e6;
  if (unit.empty() && number == 0) scale = 1;
  if (error != std::errc() || scale == 0 || number < 0 || number > 1e9)
    return Error{fmt::format("\"{}\" is not a duration such as 250us, 20ms or 1.5s", text)};
  return static_cast<std::int64_t>(number * scale);
}

Result<Latency> Latency::parse(std::string_view spec) {
  Latency latency;
  if (spec.starts_with(kLognormal)) {
    spec.remove_prefix(kLognormal.size());
    const std::size_t comma = spec.find(',');
    const auto mean = parse_duration_us(spec.substr(0, comma));
    if (!mean) return mean.error();
    const std::string_view sigma = comma == std::string_view::npos ? "" : spec.substr(comma + 1);
    const auto [end, error] = std::from_chars(sigma.data(), sigma.data() + sigma.size(), latency.sigma_);
    if (error != std::errc() || end != sigma.data() + sigma.size() || latency.sigma_ <= 0)
      return Error{fmt::format("\"{}\" is not MEAN,SIGMA", spec)};
    latency.shape_ = Shape::kLognormal;
    latency.low_us_ = *mean;
    return latency;
  }
  const std::size_t dots = spec.find("..");
  const auto low = parse_duration_us(spec.substr(0, dots));
  if (!low) return low.error();
  latency.low_us_ = *low;
  if (dots == std::string_view::npos) return latency;
  const auto high = parse_duration_us(spec.substr(dots + 2));
  if (!high) return high.error();
  if (*high < *low) return Error{fmt::format("the range {} is empty", spec)};
  latency.shape_ = Shape::kUniform;
  latency.high_us_ = *high;
  return latency;
}

std::int64_t Latency::draw_us(std::uint64_t hash) const {
  if (shape_ == Shape::kConstant) return low_us_;
  if (shape_ == Shape::kUniform) {
    return low_us_ + static_cast<std::int64_t>(fraction(hash) * static_cast<double>(high_us_ - low_us_));
  }
  // Box-Muller; exp(mu + sigma·z) has the mean exp(mu + sigma²/2).
  const double z =
      std::sqrt(-2 * std::log(fraction(mixed(hash, 1)))) * std::cos(2 * std::numbers::pi * fraction(mixed(hash, 2)));
  const double us = static_cast<double>(low_us_) * std::exp(sigma_ * z - sigma_ * sigma_ / 2);
  return static_cast<std::int64_t>(std::min(us, static_cast<double>(kLongestUs)));
}

}  // namespace wswp::simweb
