// Sites that make up URLs without end: the crawl of each ends, with what a perfect crawler has, and status says what
// was cut.

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "integration/scripted_site.h"
#include "support/daemon.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

const std::vector<std::string> kWorld = {"--profile", "clean", "--links", "2", "--pages", "3", "--external", "0"};
const std::vector<std::string> kFollow = {"--follow", "--depth", "60"};
constexpr const char* kFarmHosts = "12";

Config traps_config(const Simweb& web, const Config& changes = {}) {
  Config config = {{"politeness.delay", "0"}, {"traps.max_hosts_per_site", kFarmHosts}};
  for (const auto& [key, value] : changes) config[key] = value;
  return crawl_config(web.http(), config);
}

std::vector<std::string> expect_options() {
  std::vector<std::string> options = kFollow;
  options.insert(options.end(), {"--same-site", "--max-hosts-per-site", kFarmHosts});
  return options;
}

nlohmann::json cut_of(const Daemon& daemon) {
  return daemon.ctl_json({"status"}).at("crawls").at(0).at("cut");
}

class TrapSite : public testing::TestWithParam<const char*> {};

TEST_P(TrapSite, IsCrawledToAnEndAndWhatIsCutIsCounted) {
  const Simweb web(kWorld);
  Daemon daemon(traps_config(web));
  daemon.start();
  const std::string list = std::string(GetParam()) + ".simweb.test\n";
  daemon.add(list, kFollow);
  daemon.wait_until_done();
  const auto expected = web.expect(list, expect_options());
  EXPECT_GT(expected.size(), 10U);
  EXPECT_LT(expected.size(), 500U);
  expect_equal_rows(
      daemon.results(), expected,
      {.columns = {"outcome", "status", "error", "redirect_to"}, .columns_of_fetched = {"title", "bytes"}});
  const nlohmann::json cut = cut_of(daemon);
  EXPECT_EQ(cut, web.expect_cut(list, expect_options()));
  EXPECT_EQ(cut.empty(), std::string(GetParam()) == "trap-sessions") << "whose links lead to pages without sessions";
}

INSTANTIATE_TEST_SUITE_P(Kinds, TrapSite,
                         testing::Values("trap-calendar", "trap-paths", "trap-sessions", "trap-parameters"),
                         [](const auto& test) {
                           const std::string name = test.param;
                           return name.substr(name.find('-') + 1);
                         });

TEST(Traps, TheBoundOfAHostFarmOutlivesAKill) {
  const Simweb web(kWorld);
  Daemon daemon(traps_config(web));
  daemon.start();
  daemon.add("trap-hosts.simweb.test\n", {"--follow", "--depth", "2"});
  daemon.wait_until_done();
  EXPECT_EQ(cut_of(daemon), nlohmann::json({{"too_many_hosts", 5 + 25 - 12}}));
  daemon.kill_all();
  daemon.wait();
  daemon.start();
  daemon.add("wild-900.trap-hosts.simweb.test\n");
  daemon.wait_until_done();
  EXPECT_EQ(cut_of(daemon), nlohmann::json({{"too_many_hosts", 5 + 25 - 12 + 5}}))
      << "a seed gets in, its links do not";
}

TEST(Traps, AHostFarmAddsAsManyHostsAsItMay) {
  const Simweb web(kWorld);
  Daemon daemon(traps_config(web));
  daemon.start();
  const std::string list = "trap-hosts.simweb.test\n";
  daemon.add(list, kFollow);
  daemon.wait_until_done();
  std::set<std::string> hosts;
  for (const auto& [url, row] : daemon.results()) hosts.insert(url.substr(0, url.find('/', 8)));
  EXPECT_EQ(hosts.size(), 13U) << "which they are depends on the order";
  EXPECT_EQ(cut_of(daemon), web.expect_cut(list, expect_options()));
  EXPECT_NE(daemon.ctl({"status"}).out.find("cut by trap rules: "), std::string::npos);
}

TEST(Traps, ARedirectIntoATrapEndsItsUrlAsSkippedWithTheRule) {
  const Simweb web(kWorld);
  Daemon daemon(traps_config(web));
  daemon.start();
  const std::string list =
      "page-redirect-trap.simweb.test\npage-redirect-trap-other.simweb.test\n"
      "http://seed.simweb.test/2099/01/\n";
  daemon.add(list);
  daemon.wait_until_done();
  const auto results = daemon.results();
  const auto expected = web.expect(list, {});
  expect_equal_rows(results, expected,
                    {.columns = {"outcome", "status", "error", "redirect_to"}, .columns_of_fetched = {}});
  EXPECT_EQ(results.at("http://page-redirect-trap.simweb.test/").at("outcome"), "skipped");
  EXPECT_EQ(results.at("http://seed.simweb.test/2099/01/").at("outcome"), "fetched") << "a list may name anything";
  EXPECT_EQ(cut_of(daemon), nlohmann::json({{"far_date", 2}}));
  for (const auto& request : web.requests(6)) EXPECT_EQ(request.target.find("/trap/"), std::string::npos);
}

TEST(Traps, ARuleThatIsSwitchedOffCutsNothing) {
  const Simweb web(kWorld);
  Daemon daemon(traps_config(web, {{"traps.max_years_ahead", "0"}}));
  daemon.start();
  daemon.add("page-redirect-trap.simweb.test\n");
  daemon.wait_until_done();
  EXPECT_EQ(daemon.results().at("http://page-redirect-trap.simweb.test/").at("outcome"), "fetched");
  EXPECT_TRUE(cut_of(daemon).empty());
}

/// Twenty hosts whose page is all links: other sites go on, and what is left out is counted.
TEST(PageOfLinks, BringsNoMoreThanItsLimitAndHoldsNobodyUp) {
  constexpr int kHosts = 20, kLinks = 300'000, kMost = 500, kOthers = 50;
  std::string links;
  for (int link = 0; link < kLinks; ++link) links += "<a href=/" + std::to_string(link) + ">";
  ScriptedSite site([&](const Asked& asked) {
    const bool full = asked.host.rfind("full", 0) == 0 && asked.target == "/";
    return asked.target == "/robots.txt" ? answer("404") : answer("200", full ? links : "<title>t</title>");
  });
  Daemon daemon(crawl_config(
      site.address(),
      {{"politeness.delay", "0"}, {"traps.max_links", std::to_string(kMost)}, {"workers.stall_timeout", "2.0"}}));
  daemon.start();
  std::string list;
  for (int host = 0; host < kHosts; ++host) list += "full" + std::to_string(host) + ".test\n";
  for (int host = 0; host < kOthers; ++host) list += "other" + std::to_string(host) + ".test\n";
  daemon.add(list, {"--follow", "--depth", "1"});
  daemon.wait_until_done();
  EXPECT_EQ(daemon.urls().at("fetched"), kHosts * (1 + kMost) + kOthers);
  EXPECT_EQ(cut_of(daemon), (nlohmann::json{{"too_many_links", kHosts * (kLinks - kMost)}}));
  const nlohmann::json status = daemon.ctl_json({"status"});
  for (const nlohmann::json& worker : status.at("workers")) EXPECT_EQ(worker.at("restarts"), 0);
}

}  // namespace
}  // namespace wswp::test
