#include "simweb/latency.h"

#include <gtest/gtest.h>

#include <string>

#include "simweb/site_plan.h"

namespace wswp::simweb {
namespace {

TEST(Latency, ReadsConstantsAndRanges) {
  EXPECT_EQ(Latency::parse("20ms")->draw_us(7), 20'000);
  EXPECT_EQ(Latency::parse("0")->draw_us(7), 0);
  const auto range = Latency::parse("5ms..50ms");
  for (std::uint64_t hash = 1; hash != 0; hash <<= 1U) {
    EXPECT_GE(range->draw_us(hash), 5'000);
    EXPECT_LE(range->draw_us(hash), 50'000);
  }
}

TEST(Latency, RefusesWhatIsNoDuration) {
  for (const char* spec : {"", "20", "ms", "-1ms", "5ms..1ms", "lognormal:1s", "lognormal:1s,0", "lognormal:1s,x"})
    EXPECT_FALSE(Latency::parse(spec)) << spec;
}

// The serial run of the text: 4.7 s a site, where a tenth is cut off after 10 s and a site is two requests.
TEST(Latency, Text500HasTheMeanOfTheTextsSerialRun) {
  const auto world = world_of_profile("text500");
  constexpr int kSites = 20'000;
  double seconds = 0;
  int stalled = 0;
  for (int i = 0; i < kSites; ++i) {
    const SitePlan plan = plan_site(*world, "site" + std::to_string(i) + ".test");
    const bool stalls = plan.host == HostKind::kStall;
    stalled += stalls ? 1 : 0;
    seconds += stalls ? 10 : 2 * static_cast<double>(plan.latency_us) / 1e6;
  }
  EXPECT_NEAR(seconds / kSites, 4.7, 0.15);
  EXPECT_NEAR(stalled, kSites / 10, kSites / 100);
}

}  // namespace
}  // namespace wswp::simweb
