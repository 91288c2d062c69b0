#include "crawl/quarantine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace wswp::crawl {
namespace {

using frontier::HeldHost;
using frontier::UrlKey;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<HeldHost> hosts(frontier::HostId first, frontier::HostId last) {
  std::vector<HeldHost> held;
  for (frontier::HostId host = first; host <= last; ++host) held.push_back({.crawl = 1, .host = host, .ready_at = 0});
  return held;
}

UrlKey url_of(const HeldHost& host) {
  return {.crawl = host.crawl, .host = host.host, .rank = 100 + host.host};
}

std::vector<UrlKey> urls_of(const std::vector<HeldHost>& held) {
  std::vector<UrlKey> urls;
  for (const HeldHost& host : held) urls.push_back(url_of(host));
  return urls;
}

TEST(Inquest, SuspectsAllThatWasInFlight) {
  const Findings findings = inquest({}, hosts(1, 20));
  EXPECT_FALSE(findings.guilty);
  EXPECT_THAT(findings.alone, IsEmpty());
  EXPECT_EQ(findings.together, hosts(1, 20));
}

TEST(Inquest, TriesThoseThatWereOnTrialOneByOne) {
  const Findings findings = inquest({.on_trial = urls_of(hosts(3, 5))}, hosts(1, 7));
  EXPECT_FALSE(findings.guilty);
  EXPECT_EQ(findings.alone, hosts(3, 5));
  EXPECT_THAT(findings.together, ElementsAre(hosts(1, 1)[0], hosts(2, 2)[0], hosts(6, 6)[0], hosts(7, 7)[0]));
}

TEST(Inquest, FindsTheOneGuiltyThatWasAlone) {
  const Findings findings = inquest({.on_trial = urls_of(hosts(4, 5)), .alone = url_of(hosts(4, 4)[0])}, hosts(3, 5));
  ASSERT_TRUE(findings.guilty);
  EXPECT_EQ(findings.guilty->host, 4);
  EXPECT_EQ(findings.guilty->rank, 104);
  EXPECT_EQ(findings.alone, hosts(5, 5)) << "it is still to be asked for by itself";
  EXPECT_EQ(findings.together, hosts(3, 3));
}

TEST(Inquest, TheLastOfAGroupIsNotProvenGuilty) {
  EXPECT_FALSE(inquest({.on_trial = urls_of(hosts(4, 4))}, hosts(4, 4)).guilty);
}

TEST(Inquest, WhatHasEndedIsNotOnTrialAnyMore) {
  EXPECT_FALSE(inquest({.on_trial = urls_of(hosts(4, 4)), .alone = url_of(hosts(4, 4)[0])}, hosts(5, 6)).guilty);
}

class QuarantineTest : public testing::Test {
 protected:
  /// Visits what may be visited now.
  std::vector<frontier::HostId> visit(Quarantine& quarantine, ScheduleMs now = 0) {
    std::vector<frontier::HostId> visited;
    while (const auto host = quarantine.next(now)) {
      quarantine.begins(url_of(*host));
      visited.push_back(host->host);
    }
    return visited;
  }

  TrialBoard board_;
};

TEST_F(QuarantineTest, IsOverWhereNobodyIsSuspected) {
  EXPECT_TRUE(Quarantine().over());
  EXPECT_TRUE(Quarantine({}, board_).over());
}

TEST_F(QuarantineTest, VisitsEightAtATimeAndShowsThem) {
  Quarantine quarantine({.together = hosts(1, 10)}, board_);
  EXPECT_THAT(visit(quarantine), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
  EXPECT_EQ(board_.on_trial().size(), 8U);
  EXPECT_FALSE(board_.alone.get());
  quarantine.ended(1, 3);
  EXPECT_EQ(board_.on_trial().size(), 7U);
  EXPECT_THAT(visit(quarantine), ElementsAre(9));
  for (frontier::HostId host = 1; host <= 9; ++host) quarantine.ended(1, host);
  EXPECT_FALSE(quarantine.over());
  EXPECT_THAT(visit(quarantine), ElementsAre(10));
  quarantine.ended(1, 10);
  EXPECT_TRUE(quarantine.over());
  EXPECT_THAT(board_.on_trial(), IsEmpty());
}

TEST_F(QuarantineTest, VisitsOneAtATimeFirst) {
  Quarantine quarantine({.alone = hosts(1, 2), .together = hosts(3, 5)}, board_);
  EXPECT_THAT(visit(quarantine), ElementsAre(1));
  EXPECT_TRUE(board_.alone.get());
  quarantine.ended(1, 1);
  EXPECT_THAT(visit(quarantine), ElementsAre(2));
  EXPECT_TRUE(board_.alone.get());
  quarantine.ended(1, 2);
  EXPECT_THAT(visit(quarantine), ElementsAre(3, 4, 5));
  EXPECT_FALSE(board_.alone.get());
}

TEST_F(QuarantineTest, WaitsForTheRestOfAHost) {
  Quarantine quarantine(
      {.together = {{.crawl = 1, .host = 1, .ready_at = 500}, {.crawl = 1, .host = 2, .ready_at = 0}}}, board_);
  EXPECT_THAT(visit(quarantine, 499), ElementsAre(2));
  EXPECT_THAT(visit(quarantine, 500), ElementsAre(1));
}

TEST_F(QuarantineTest, WhatCouldNotBeginIsNextAgain) {
  Quarantine quarantine({.alone = hosts(1, 1), .together = hosts(2, 2)}, board_);
  ASSERT_EQ(quarantine.next(0)->host, 1);
  EXPECT_EQ(quarantine.next(0)->host, 1) << "as where the storage refused its visit";
  EXPECT_FALSE(board_.alone.get());
  quarantine.ended(1, 1);  // there was nothing to visit it for
  EXPECT_THAT(visit(quarantine), ElementsAre(2));
}

TEST_F(QuarantineTest, TellsCrawlsApart) {
  Quarantine quarantine({.together = hosts(1, 1)}, board_);
  visit(quarantine);
  quarantine.ended(2, 1);
  EXPECT_FALSE(quarantine.over());
}

/// However many of the hosts kill, each innocent one is asked again at most twice, and each guilty one is found.
TEST_F(QuarantineTest, FindsAllThatKillAndSparesTheOthers) {
  for (frontier::HostId every : {3, 7, 40, 1000}) {
    std::vector<HeldHost> held = hosts(1, 160);
    std::map<frontier::HostId, int> asked;
    std::vector<frontier::HostId> guilty;
    Death death;
    for (int deaths = 0;; ++deaths) {
      ASSERT_LT(deaths, 1000);
      Findings findings = inquest(death, held);
      if (findings.guilty) {
        guilty.push_back(findings.guilty->host);
        std::erase_if(held, [&](const HeldHost& host) { return host.host == findings.guilty->host; });
      }
      board_.clear();
      Quarantine quarantine(std::move(findings), board_);
      bool died = false;
      while (!quarantine.over() && !died) {
        const std::vector<frontier::HostId> visited = visit(quarantine);
        for (const frontier::HostId host : visited) ++asked[host];
        died = std::any_of(visited.begin(), visited.end(), [&](auto host) { return host % every == 0; });
        if (died) break;
        for (const frontier::HostId host : visited) {
          quarantine.ended(1, host);
          std::erase_if(held, [&](const HeldHost& one) { return one.host == host; });
        }
      }
      if (!died) break;
      death = {.on_trial = board_.on_trial(), .alone = board_.alone.get()};
    }
    EXPECT_THAT(held, IsEmpty());
    EXPECT_EQ(guilty.size(), 160U / static_cast<std::size_t>(every));
    for (const auto& [host, times] : asked) EXPECT_LE(times, 2) << host;
  }
}

}  // namespace
}  // namespace wswp::crawl
