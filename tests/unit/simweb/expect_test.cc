#include "simweb/expect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace wswp::simweb {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

World clean() {
  World world = *world_of_profile("clean");
  world.size = {6000, 6000};
  world.links = 5;
  return world;
}

Expected visit(const std::string& host, const OracleOptions& options = {}, const std::string& target = "/") {
  const World world = clean();
  Oracle oracle(world, options);
  return oracle.visit(*parse_site("http://" + host + target));
}

TEST(Oracle, FinalAnswersAreFetched) {
  const Expected page = visit("a.test");
  EXPECT_EQ(page.outcome, "fetched");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.bytes, 6000U);
  EXPECT_EQ(page.encoding, "utf-8");
  EXPECT_THAT(page.title, EndsWith(" a.test/"));
  EXPECT_EQ(page.links.size(), 5U);
  const Expected missing = visit("page-404.simweb.test");
  EXPECT_EQ(missing.outcome, "fetched");
  EXPECT_EQ(missing.status, 404);
  EXPECT_TRUE(missing.links.empty());
}

TEST(Oracle, TrapsAreCutByTheDefaultLimits) {
  const OracleOptions in_2026{.year = 2026};
  EXPECT_EQ(visit("trap-calendar.simweb.test", in_2026).links.back(), "http://trap-calendar.simweb.test/trap/2025/01/");
  EXPECT_EQ(visit("trap-calendar.simweb.test", in_2026, "/trap/2028/11/").cut,
            std::vector<std::string_view>{"far_date"});
  EXPECT_EQ(visit("trap-calendar.simweb.test", in_2026, "/trap/2028/12/").cut.size(), 2U);
  EXPECT_EQ(visit("trap-paths.simweb.test", {}, "/trap/a/b/a/a/").cut,
            std::vector<std::string_view>{"repeated_segments"});
  EXPECT_EQ(visit("trap-parameters.simweb.test", {}, "/trap/same?x=1&x=1&x=1").cut,
            std::vector<std::string_view>{"repeated_parameters"});
  EXPECT_EQ(visit("trap-sessions.simweb.test", {}, "/trap/9").links.back(), "http://trap-sessions.simweb.test/trap/8");
  EXPECT_EQ(visit("wild-2.trap-hosts.simweb.test").links.back(), "http://wild-15.trap-hosts.simweb.test/");
  EXPECT_EQ(visit("page-redirect-trap.simweb.test").outcome, "skipped");
}

TEST(Oracle, HeadersHaveLinksAndForbidThem) {
  EXPECT_THAT(visit("hints-link.page-pdf.simweb.test").links,
              testing::ElementsAre("http://hints-link.page-pdf.simweb.test/hinted/1?a=b,c;d",
                                   "http://hints-link.page-pdf.simweb.test/hinted/2"));
  EXPECT_EQ(visit("hints-refresh.simweb.test").links.size(), 6U);
  EXPECT_TRUE(visit("hints-nofollow.simweb.test").links.empty());
  EXPECT_EQ(visit("hints-nofollow-other.simweb.test").links.size(), 5U);
}

TEST(Oracle, FailuresHaveTheErrorOfTheRuleBook) {
  const struct {
    const char* host;
    const char* error;
    int status;
  } kCases[] = {{"page-503.simweb.test", "http_status", 503},
                {"page-429.simweb.test", "http_status", 429},
                {"page-503-thrice.simweb.test", "http_status", 503},
                {"page-closed.simweb.test", "reset", 0},
                {"page-reset.simweb.test", "reset", 0},
                {"page-stall.simweb.test", "timeout", 0},
                {"page-stall-body.simweb.test", "timeout", 200},
                {"page-partial.simweb.test", "partial", 200},
                {"page-garbage.simweb.test", "protocol", 0},
                {"robots-5xx.simweb.test", "robots_unreachable", 0},
                {"robots-stall.simweb.test", "robots_unreachable", 0},
                {"host-closed.simweb.test", "robots_unreachable", 0},
                {"page-redirect-loop.simweb.test", "too_many_redirects", 307},
                {"page-redirect-self.simweb.test", "too_many_redirects", 302}};
  for (const auto& each : kCases) {
    const Expected expected = visit(each.host);
    EXPECT_EQ(expected.outcome, "failed") << each.host;
    EXPECT_EQ(expected.error, each.error) << each.host;
    EXPECT_EQ(expected.status, each.status) << each.host;
  }
}

TEST(Oracle, RetriesDecideWhetherASiteRecovers) {
  EXPECT_EQ(visit("page-503-twice.simweb.test").status, 200);
  OracleOptions once;
  once.retries = 1;
  EXPECT_EQ(visit("page-503-twice.simweb.test", once).status, 503);
  EXPECT_EQ(visit("robots-5xx-once.simweb.test", once).status, 200);
}

TEST(Oracle, RobotsRulesDecide) {
  EXPECT_EQ(visit("robots-disallow-all.simweb.test").outcome, "disallowed");
  EXPECT_EQ(visit("robots-bom.simweb.test").outcome, "disallowed");
  EXPECT_EQ(visit("robots-404.simweb.test").outcome, "fetched");
  EXPECT_EQ(visit("robots-redirect-loop.simweb.test").outcome, "fetched");
  for (const char* host :
       {"robots-disallow-some", "robots-redirect", "robots-redirect-other", "robots-agent-allowed"}) {
    const std::string name = std::string(host) + ".simweb.test";
    EXPECT_EQ(visit(name).outcome, "fetched") << host;
    EXPECT_EQ(visit(name, {}, "/private/7.html").outcome, "disallowed") << host;
  }
  EXPECT_EQ(visit("robots-agent-disallowed.simweb.test").outcome, "disallowed");
  OracleOptions other;
  other.agent = "otherbot";
  EXPECT_EQ(visit("robots-agent-disallowed.simweb.test", other).outcome, "fetched");
}

TEST(Oracle, ARedirectIsFollowedInsideTheOriginOnly) {
  const Expected inside = visit("page-redirect.simweb.test");
  EXPECT_EQ(inside.status, 200);
  EXPECT_EQ(inside.redirect_to, "http://page-redirect.simweb.test/hop/0/");
  EXPECT_FALSE(inside.leaves_origin);
  const Expected other = visit("page-redirect-other.simweb.test");
  EXPECT_EQ(other.outcome, "fetched");
  EXPECT_EQ(other.status / 100, 3);
  EXPECT_EQ(other.redirect_to, "http://www.page-redirect-other.simweb.test/");
  EXPECT_TRUE(other.leaves_origin);
  EXPECT_EQ(visit("page-redirect-private.robots-disallow-some.simweb.test").outcome, "disallowed");
}

TEST(Oracle, LongBodiesAreCut) {
  OracleOptions options;
  options.max_body = 1 << 20;
  for (const char* host : {"page-huge.simweb.test", "page-bomb.simweb.test"}) {
    const Expected expected = visit(host, options);
    EXPECT_EQ(expected.outcome, "fetched");
    EXPECT_EQ(expected.bytes, options.max_body);
    EXPECT_TRUE(expected.is_truncated);
  }
}

TEST(Oracle, NamesFailOnlyForACrawlerThatResolvesThem) {
  EXPECT_EQ(visit("dns-nxdomain.simweb.test").outcome, "fetched");
  OracleOptions options;
  options.via_dns = true;
  EXPECT_EQ(visit("dns-nxdomain.simweb.test", options).error, "dns");
  EXPECT_EQ(visit("dns-truncated.simweb.test", options).outcome, "fetched");
}

std::string expectations(const std::string& list, const CrawlRules& rules) {
  const World world = clean();
  Oracle oracle(world, {});
  std::istringstream in(list);
  std::ostringstream out;
  write_expectations(in, out, rules, oracle);
  return out.str();
}

TEST(Expect, WritesARowForEachUrlOnce) {
  const std::string csv = expectations("1,A.test\n2,a.test\nhttp://a.test\nlocalhost\n\nhttps://b.test/\n", {});
  EXPECT_THAT(csv, HasSubstr("\nhttp://a.test/,fetched,200,,,utf-8,"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 2);
}

TEST(Expect, ATargetOfARedirectIsARowOfItsOwn) {
  const std::string csv = expectations("page-redirect-other.simweb.test", {});
  EXPECT_THAT(csv, HasSubstr(",,http://www.page-redirect-other.simweb.test/,,,0,0,0\n"));
  EXPECT_THAT(csv, HasSubstr("\nhttp://www.page-redirect-other.simweb.test/,fetched,200,"));
}

TEST(Expect, FollowsLinksToTheDepth) {
  CrawlRules rules;
  rules.follow = true;
  rules.max_depth = 1;
  rules.same_site = true;
  const std::string csv = expectations("a.test", rules);
  EXPECT_THAT(csv, HasSubstr(",1\n"));
  EXPECT_THAT(csv, testing::Not(HasSubstr(",2\n")));
  EXPECT_THAT(csv, testing::Not(HasSubstr("http://neighbour")));
}

TEST(Expect, KnowsWhatASiteIs) {
  EXPECT_TRUE(same_site("a.example.co.uk", "b.example.co.uk"));
  EXPECT_FALSE(same_site("a.co.uk", "b.co.uk"));
  EXPECT_TRUE(same_site("co.uk", "co.uk"));
}

}  // namespace
}  // namespace wswp::simweb
