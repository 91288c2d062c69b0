// Kills at moments nobody chose: of a worker, the control process, the supervisor, all at once, while the daemon
// starts, stops or takes a list in. After every kill the database is in order; in the end every URL has one outcome,
// nothing recorded was fetched again, and the delay of every host held.
//
//   WSWP_SEED=N            plays one sequence of kills again
//   WSWP_SOAK_SECONDS=N    goes on that long instead of ending after kKills

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crash/kill_log.h"
#include "frontier/invariants.h"
#include "support/daemon.h"
#include "support/eventually.h"
#include "support/rows.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

constexpr int kKills = 50;  // a sequence; there are four
constexpr std::int64_t kDelayMs = 100;

std::uint32_t seed_of(int sequence) {
  const char* seed = std::getenv("WSWP_SEED");
  return seed != nullptr ? static_cast<std::uint32_t>(std::stoul(seed)) : static_cast<std::uint32_t>(1000 + sequence);
}

/// Names that no other round has.
std::string names(const std::string& kind, int round, int count) {
  std::string list;
  for (int i = 1; i <= count; ++i) list += fmt::format("{}-{}.round-{}.test\n", kind, i, round);
  return list;
}

class Kill : public testing::TestWithParam<int> {
 protected:
  Kill() : seed_(seed_of(GetParam())), random_(seed_) {}
  ~Kill() override {
    if (HasFailure()) fmt::print(stderr, "play it again with WSWP_SEED={}\n", seed_);
  }

  int random(int least, int most) { return std::uniform_int_distribution(least, most)(random_); }

  /// A list of sites, and a few sites whose links are followed.
  void add_work(int round) {
    sites_ += daemon_.add(names("list", round, random(10, 60))).at("added").get<int>();
    daemon_.add(names("deep", round, random(1, 3)), {"--crawl", "deep", "--follow", "--depth", "1"});
  }

  void await_requests(int more) {
    const auto count = [this] { return web_.statistics().at("requests").get<std::int64_t>(); };
    const std::int64_t wanted = count() + more;
    const auto idle = [this] {
      return query_number(daemon_.database(), "select coalesce(sum(pending), 0) from crawls") == 0;
    };
    EXPECT_TRUE(eventually([&] { return count() >= wanted || idle(); }));
  }

  void kill_child(bool worker) {
    const auto workers = daemon_.workers();
    auto children = daemon_.children();
    std::erase_if(children, [&](pid_t child) {
      return worker != (std::find(workers.begin(), workers.end(), child) != workers.end());
    });
    if (children.empty()) return;  // it has just died and is not replaced yet
    const std::int64_t since_us = mono_us();
    ::kill(children[static_cast<std::size_t>(random(0, static_cast<int>(children.size()) - 1))], SIGKILL);
    log_.killed(since_us);
    check_database();
    EXPECT_TRUE(eventually([&] { return daemon_.ctl({"status"}).exit == 0; }));
  }

  void kill_supervisor(bool all_at_once) {
    const auto children = daemon_.children();
    const std::int64_t since_us = mono_us();
    if (all_at_once) {
      daemon_.kill_all();
    } else {
      daemon_.kill_supervisor();
    }
    EXPECT_TRUE(eventually([&] { return std::none_of(children.begin(), children.end(), alive); }, kSoon))
        << "orphans end at once";
    log_.killed(since_us);
    take_stock();
  }

  /// Nothing of the daemon runs.
  void take_stock() {
    check_database();
    std::vector<std::string> urls;
    for (const auto& row : query(daemon_.database(), "select url from results").rows) urls.push_back(row.at(0));
    log_.recorded(urls);
  }

  void check_database() const {
    const auto violations = frontier::check_invariants(daemon_.database());
    ASSERT_TRUE(violations.ok()) << violations.message();
    for (const auto& violation : *violations)
      ADD_FAILURE() << violation.rule << ": " << violation.count << " times, for instance " << violation.example;
  }

  /// Started, and killed before it has all its processes.
  void kill_while_starting() {
    daemon_.launch();
    const auto least = static_cast<std::size_t>(random(0, 3));
    EXPECT_TRUE(eventually([&] { return daemon_.children().size() >= least; }));
    kill_supervisor(random(0, 1) == 1);
  }

  void kill_while_stopping() {
    daemon_.signal(SIGTERM);
    const auto most = static_cast<std::size_t>(random(0, 2));
    EXPECT_TRUE(eventually([&] { return daemon_.children().size() <= most; }));
    kill_supervisor(random(0, 1) == 1);
  }

  /// A list of which only a part may have got in; adding it again adds the rest.
  void kill_while_adding(int round) {
    constexpr int kNames = 400;
    const std::string list = names("cut", round, kNames);
    Process adding({Daemon::ctl_binary(), "--socket", daemon_.socket(), "add", "-"}, {.input = list});
    const std::int64_t before = query_number(daemon_.database(), "select sum(total) from crawl");
    const int least = random(0, 1) * kNames;
    EXPECT_TRUE(eventually([&] {
      return query_number(daemon_.database(), "select sum(total) from crawl") >= before + least || !adding.running();
    }));
    kill_supervisor(true);
    const auto added = adding.wait();
    ASSERT_TRUE(added);
    constexpr int kDone = 0, kFailed = 1, kNoDaemon = 3;
    EXPECT_THAT(*added, testing::AnyOf(kDone, kFailed, kNoDaemon));
    if (*added == kFailed) {
      EXPECT_THAT(adding.err(), testing::AnyOf(testing::HasSubstr("add the list again"),          // it was on its way
                                               testing::HasSubstr("broke the connection off")));  // or about to be
    }
    daemon_.start();
    const auto again = daemon_.add(list);
    EXPECT_EQ(again.at("added").get<int>() + again.at("duplicate").get<int>(), kNames);
    sites_ += kNames;
  }

  void disturb(int round) {
    await_requests(random(0, 60));
    const int kind = random(0, 11);
    if (kind <= 2) return kill_child(true);
    if (kind == 3) return kill_child(false);
    if (kind == 4 && round % 4 == 0) return kill_while_adding(round);
    if (kind <= 6) {
      kill_while_stopping();
    } else {
      kill_supervisor(kind % 2 == 0);
    }
    while (random(0, 2) == 0) kill_while_starting();
    daemon_.start();
  }

  void expect_complete() {
    daemon_.wait_until_done();
    EXPECT_EQ(daemon_.stop(), 0);
    check_database();
    const std::string& database = daemon_.database();
    EXPECT_EQ(query_number(database, "select count(*) from results where crawl = 'default'"), sites_);
    EXPECT_EQ(query_number(database, "select count(*) from results where outcome <> 'fetched'"), 0);
    EXPECT_EQ(query_number(database,
                           "select count(*) from (select 1 from results group by crawl, url "
                           "having count(*) > 1)"),
              0);
    const auto requests = web_.requests(2 * static_cast<std::size_t>(sites_));
    log_.expect_nothing_twice(requests);
    KillLog::expect_delay(requests, kDelayMs, static_cast<std::size_t>(sites_));
  }

  static constexpr std::chrono::seconds kSoon{5};
  const std::uint32_t seed_;
  std::mt19937 random_;
  KillLog log_;
  int sites_ = 0;  // of the crawl "default"
  Simweb web_{{"--profile", "clean", "--latency", "2ms..25ms", "--size", "2000", "--pages", "6", "--links", "10",
               "--external", "0"}};
  Daemon daemon_{crawl_config(web_.http(), {{"workers.transfers", "8"}, {"politeness.delay", "0.1"}})};
};

TEST_P(Kill, NothingIsLostAndNothingDoneTwice) {
  const char* soak = std::getenv("WSWP_SOAK_SECONDS");
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(soak == nullptr ? 0 : std::atoi(soak));
  daemon_.start();
  for (int round = 1; log_.kills() < kKills || std::chrono::steady_clock::now() < end; ++round) {
    add_work(round);
    disturb(round);
    if (HasFatalFailure()) return;
  }
  expect_complete();
  fmt::print("seed {}: {} kills, {} sites, {} requests\n", seed_, log_.kills(), sites_, web_.request_count());
}

TEST(KillDuringAVisit, CostsOnlyThePageInFlight) {
  const Simweb web({"--profile", "clean", "--size", "2000"});
  Daemon daemon(crawl_config(web.http(), {{"politeness.delay", "0.25"}}));
  daemon.start();
  std::string pages;
  for (int i = 1; i <= 8; ++i) pages += fmt::format("http://one.test/p/{}\n", i);
  daemon.add(pages);  // at this delay one visit
  ASSERT_TRUE(eventually([&] { return web.statistics().at("requests") >= 6; }));
  daemon.kill_all();
  daemon.start();
  daemon.wait_until_done();
  int twice = 0;
  for (const auto& [target, count] : count_targets(web.requests(9))) {
    EXPECT_LE(count, 2) << target;
    if (target != "one.test /robots.txt" && count == 2) ++twice;
  }
  EXPECT_LE(twice, 1);
  KillLog::expect_delay(web.requests(9), 250, 1);
}

TEST(KillAfterAFailure, TheBackoffHolds) {
  constexpr int kSites = 20;
  const Simweb web({"--profile", "clean", "--size", "2000", "--mix", "page_503_once=100"});
  Daemon daemon(crawl_config(web.http(), {{"fetch.retry_delay", "1.5"}}));
  daemon.start();
  daemon.add(names("failing", 1, kSites));
  ASSERT_TRUE(eventually(
      [&] { return query_number(daemon.database(), "select count(*) from frontier where attempts = 1") == kSites; }));
  daemon.kill_all();
  daemon.start();
  daemon.wait_until_done();
  EXPECT_EQ(daemon.urls().at("fetched"), kSites);
  for (const auto& [host, requests] : by_host(web.requests(3 * kSites), kSites)) {
    ASSERT_EQ(requests.size(), 3U) << host << ": robots.txt, the failure, the page";
    expect_gaps({requests[1], requests[2]}, 1500);
  }
}

INSTANTIATE_TEST_SUITE_P(Sequences, Kill, testing::Range(0, 4));

}  // namespace
}  // namespace wswp::test
