// Pages that crash or stop whoever reads them: tried three times, failed with "crashed", and the crawl goes on.

#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "frontier/invariants.h"
#include "integration/site_names.h"
#include "support/daemon.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr int kSites = 200;
const std::vector<std::string> kWorld{"--profile", "clean", "--size", "2000"};
const std::string kPoison = "http://bad.test/poison";

class Poison : public testing::TestWithParam<const char*> {
 protected:
  /// A crawl with one page that has this effect.
  void crawl(const std::string& effect, const Config& changes = {}) {
    daemon_.emplace(crawl_config(web_.http(), changes), std::vector{"WSWP_DEBUG_POISON=" + effect + ":/poison"});
    daemon_->start();
    daemon_->add(kPoison + "\n" + site_names(kSites));
    daemon_->wait_until_done();
  }

  void expect_crashed() {
    EXPECT_EQ(daemon_->urls().at("fetched"), kSites);
    EXPECT_EQ(daemon_->urls().at("failed"), 1);
    const CsvRow row = daemon_->results().at(kPoison);
    EXPECT_EQ(row.at("outcome"), "failed");
    EXPECT_EQ(row.at("error"), "crashed");
    EXPECT_EQ(row.at("attempts"), "3");
    EXPECT_EQ(count_targets(web_.requests(2 * kSites))["bad.test /poison"], 3);
    EXPECT_TRUE(frontier::check_invariants(daemon_->database())->empty());
    EXPECT_THAT(daemon_->log(), HasSubstr("died while it worked on " + kPoison + " (try 3); given up"));
  }

  Simweb web_{kWorld};
  std::optional<Daemon> daemon_;
};

TEST_P(Poison, IsTriedThreeTimesAndTheCrawlGoesOn) {
  crawl(GetParam());
  expect_crashed();
  std::int64_t restarts = 0;
  const json status = daemon_->ctl_json({"status"});
  for (const json& worker : status.at("workers")) restarts += worker.at("restarts").get<int>();
  EXPECT_EQ(restarts, 3);
}

INSTANTIATE_TEST_SUITE_P(Effects, Poison, testing::Values("crash", "throw"));

TEST_F(Poison, AThreadThatStandsStillIsFoundAndReplaced) {
  crawl("hang", {{"workers.stall_timeout", "1.0"}});
  expect_crashed();
  EXPECT_THAT(daemon_->log(), HasSubstr("fetch thread"));
  EXPECT_THAT(daemon_->log(), HasSubstr("has stood still for"));
  EXPECT_THAT(daemon_->log(), HasSubstr("does not answer any more; killing it"));
}

/// As where the fault is libcurl's: nothing tells what a worker died of.
class Unmarked : public testing::TestWithParam<const char*> {};

TEST_P(Unmarked, AreFoundAndOtherSitesAreAskedAgainTwiceAtMost) {
  constexpr int kBad = 8, kGood = 152;
  const Simweb web(kWorld);
  Daemon daemon(crawl_config(web.http(), {{"workers.processes", GetParam()}}), {"WSWP_DEBUG_POISON=vanish:/poison"});
  daemon.start();
  std::string list;
  for (int site = 0; site < kGood; ++site) {
    list += "good" + std::to_string(site) + ".test\n";
    if (site % (kGood / kBad) == 0) list += "http://bad" + std::to_string(site) + ".test/poison\n";
  }
  daemon.add(list);
  daemon.wait_until_done();
  EXPECT_EQ(daemon.urls().at("fetched"), kGood);
  EXPECT_EQ(daemon.urls().at("failed"), kBad);
  for (const auto& [url, row] : daemon.results()) {
    EXPECT_EQ(row.at("error"), url.find("/poison") == std::string::npos ? "" : "crashed") << url;
  }
  int again = 0;
  const auto targets = count_targets(web.requests(kGood + kBad));
  for (const auto& [target, count] : targets) {
    if (target.rfind("good", 0) != 0 || target.find("robots.txt") != std::string::npos) continue;
    EXPECT_LE(count, 1 + 2 * std::stoi(GetParam())) << target;  // each worker may have had it in flight
    again += count - 1;
  }
  EXPECT_LE(again, 2 * kGood);
  EXPECT_TRUE(frontier::check_invariants(daemon.database())->empty());
}

INSTANTIATE_TEST_SUITE_P(Workers, Unmarked, testing::Values("1", "3"));

TEST(CrashLoop, BacksOffAndShows) {
  const Simweb web(kWorld);
  Daemon daemon(crawl_config(web.http(), {{"workers.processes", "1"}}), {"WSWP_DEBUG_POISON=crash:/"});
  daemon.start();
  daemon.add(site_names(20));
  const auto in_loop = [&] {
    const json status = daemon.ctl_json({"status"});
    return status.at("state") == "impaired" && status.at("problems").at(0).at("code") == "dies_at_once";
  };
  EXPECT_TRUE(eventually(in_loop));
  EXPECT_TRUE(eventually([&] {
    const json worker = daemon.ctl_json({"status"}).at("workers").at(0);
    return worker.at("state") == "waiting" && worker.at("starts_in_s").is_number() && worker.at("restarts") >= 4;
  }));
  const json worker = daemon.ctl_json({"status"}).at("workers").at(0);
  EXPECT_EQ(worker.at("last_death"), "killed by signal 6 (Aborted)");
  EXPECT_THAT(daemon.log(), HasSubstr("worker 0 is started again in 0.8 s"));
}

}  // namespace
}  // namespace wswp::test
