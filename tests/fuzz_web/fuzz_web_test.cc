// Whatever strangers answer, a real worker lives on: it neither dies nor stands still, its memory is bounded,
// every URL gets an end that is documented, and other sites are none the worse for it.
//
//   WSWP_SEED=N            plays one round again
//   WSWP_SEEDS=N           plays so many
//   WSWP_SOAK_SECONDS=N    goes on that long

#include <chrono>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "campaign.h"

namespace wswp::fuzz {
namespace {

constexpr std::uint64_t kSeeds = 3;

std::optional<std::uint64_t> number_from_environment(const char* name) {
  const char* const text = std::getenv(name);
  if (text == nullptr) return std::nullopt;
  return std::strtoull(text, nullptr, 10);
}

void play_all(const Web& web) {
  const auto one = number_from_environment("WSWP_SEED");
  const std::uint64_t first = one.value_or(1);
  const std::uint64_t count = number_from_environment("WSWP_SEEDS").value_or(one ? 1 : kSeeds);
  const std::chrono::seconds soak(number_from_environment("WSWP_SOAK_SECONDS").value_or(0));
  const auto begin = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::steady_clock::now() - begin; };
  Campaign campaign(web);
  std::uint64_t seed = first;
  for (; seed < first + count || (!one && elapsed() < soak); ++seed) {
    campaign.play(seed);
    if (testing::Test::HasFailure()) return;
  }
  campaign.finish();
  fmt::print("{} seeds, {} requests, {} s\n", seed - first, campaign.requests(),
             std::chrono::duration_cast<std::chrono::seconds>(elapsed()).count());
}

TEST(FuzzWeb, Http1) {
  play_all(http1_web());
}

TEST(FuzzWeb, Http2) {
  play_all(http2_web());
}

TEST(FuzzWeb, Tls) {
  play_all(tls_web());
}

TEST(FuzzWeb, Names) {
  play_all(names_web());
}

}  // namespace
}  // namespace wswp::fuzz
