#include "simweb/site_plan.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace wswp::simweb {
namespace {

World web() {
  return *world_of_profile("web");
}

TEST(SitePlan, FollowsFromNameAndSeedAlone) {
  const World world = web();
  World other = web();
  other.seed = 2;
  int differences = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string host = "s" + std::to_string(i) + ".test";
    const SitePlan one = plan_site(world, host);
    const SitePlan again = plan_site(web(), host);
    EXPECT_EQ(one.robots, again.robots);
    EXPECT_EQ(one.latency_us, again.latency_us);
    EXPECT_EQ(plan_page(world, one, host, "/").kind, plan_page(world, again, host, "/").kind);
    if (one.robots != plan_site(other, host).robots) ++differences;
  }
  EXPECT_GT(differences, 50);
}

TEST(SitePlan, LabelsUnderSimwebTestChooseTheBehaviour) {
  const World world = web();
  const std::string host = "a17.robots-disallow-all.page-503-once.coding-gzip.simweb.test";
  const SitePlan plan = plan_site(world, host);
  EXPECT_EQ(plan.host, HostKind::kOk);
  EXPECT_EQ(plan.dns, DnsKind::kOk);
  EXPECT_EQ(plan.robots, RobotsKind::kDisallowAll);
  EXPECT_EQ(plan.coding, CodingKind::kGzip);
  EXPECT_EQ(plan.framing, FramingKind::kLength);
  EXPECT_EQ(plan_page(world, plan, host, "/any").kind, PageKind::kError503Once);
}

TEST(SitePlan, RedirectsComeToAnEnd) {
  const World world = web();
  const std::string host = "www.page-redirect-other.simweb.test";
  EXPECT_EQ(plan_page(world, plan_site(world, host), host, "/").kind, PageKind::kOk);
  const std::string inside = "page-redirect.simweb.test";
  EXPECT_EQ(plan_page(world, plan_site(world, inside), inside, "/hop/0/").kind, PageKind::kOk);
}

TEST(SitePlan, AddressesAreLoopbackAndAsManyAsAsked) {
  World world = web();
  world.addresses = 3;
  std::set<std::uint32_t> few;
  std::set<std::uint32_t> many;
  for (int i = 0; i < 1000; ++i) {
    const std::string host = "s" + std::to_string(i) + ".test";
    few.insert(address_of(world, host));
    many.insert(address_of(web(), host));
    EXPECT_EQ(address_of(web(), host) >> 24, 127U);
    EXPECT_GE(dns_ttl_of(world, host), world.dns_ttl);
  }
  EXPECT_EQ(few.size(), 3U);
  EXPECT_GT(many.size(), 990U);
}

TEST(SitePlan, LatencyIsScaled) {
  World world = web();
  const std::int64_t full = plan_site(world, "a.test").latency_us;
  world.time_scale = 0.1;
  EXPECT_NEAR(static_cast<double>(plan_site(world, "a.test").latency_us), static_cast<double>(full) / 10, 1);
}

}  // namespace
}  // namespace wswp::simweb
