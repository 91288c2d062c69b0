// Stops, kills and restarts at bad moments: nothing recorded is lost or doubled, nothing stays stuck.

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>

#include <SQLiteCpp/Exception.h>
#include <gtest/gtest.h>

#include "integration/site_names.h"
#include "support/daemon.h"
#include "support/rows.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

constexpr std::size_t kSites = 800;

/// Slow enough that a crawl of kSites is still under way when it is disturbed: at most 40 transfers of 60 ms and two
/// requests a site take two to three seconds.
const std::vector<std::string> kSlowWorld{"--profile", "clean", "--latency", "60ms", "--size", "2000"};
const Config kFewTransfers{{"workers.transfers", "10"}};

std::int64_t done_of(const nlohmann::json& urls) {
  return urls.at("total").get<std::int64_t>() - urls.at("pending").get<std::int64_t>();
}

void wait_for_progress(const Daemon& daemon, std::int64_t least) {
  ASSERT_TRUE(eventually([&] { return done_of(daemon.urls()) >= least; }));
  ASSERT_GT(daemon.urls().at("pending"), 0) << "the crawl is over too early for this test";
}

/// Every site was fetched, has one outcome, and the counters say so.
void expect_complete(const Daemon& daemon, std::size_t sites) {
  const auto count = static_cast<std::int64_t>(sites);
  EXPECT_EQ(query_number(daemon.database(), "select count(*) from results"), count);
  EXPECT_EQ(query_number(daemon.database(), "select count(distinct url) from results"), count);
  EXPECT_EQ(query_number(daemon.database(), "select count(*) from results where outcome = 'fetched'"), count);
  const auto urls = daemon.urls();
  EXPECT_EQ(urls.at("total"), count);
  EXPECT_EQ(urls.at("fetched"), count);
  EXPECT_EQ(urls.at("pending"), 0);
  EXPECT_EQ(urls.at("in_flight"), 0);
}

class Lifecycle : public ::testing::Test {
 protected:
  void start_crawl() {
    daemon_.start();
    daemon_.add(site_names(kSites));
    wait_for_progress(daemon_, 100);
  }
  void finish_crawl() {
    daemon_.wait_until_done();
    expect_complete(daemon_, kSites);
  }

  Simweb web_{kSlowWorld};
  Daemon daemon_{crawl_config(web_.http(), kFewTransfers)};
};

TEST_F(Lifecycle, SigtermUnderLoadThenRestart) {
  start_crawl();
  EXPECT_EQ(daemon_.stop(), 0);
  EXPECT_EQ(query_number(daemon_.database(), "select count(*) from lease"), 0) << "leases are released";
  const std::int64_t before = query_number(daemon_.database(), "select count(*) from results");
  EXPECT_EQ(query_number(daemon_.database(), "select fetched from crawls"), before);
  EXPECT_NE(::access(daemon_.socket().c_str(), F_OK), 0) << "the socket is removed";
  daemon_.start();
  finish_crawl();
  for (const auto& [target, count] : count_targets(web_.requests(2 * kSites))) EXPECT_EQ(count, 1) << target;
}

class LifecycleOfStalledTransfers : public ::testing::Test {
 protected:
  void SetUp() override {
    daemon_.start();
    daemon_.add(site_names(50));
    ASSERT_TRUE(eventually([&] { return daemon_.urls().at("in_flight") == 50; }));
  }
  [[nodiscard]] bool says(const char* text) {
    return eventually([&] { return daemon_.log().find(text) != std::string::npos; });
  }
  void expect_all_given_back() {
    EXPECT_EQ(query_number(daemon_.database(), "select count(*) from lease"), 0);
    EXPECT_EQ(query_number(daemon_.database(), "select pending from crawls"), 50);
  }

  const Simweb web_{{"--profile", "clean", "--mix", "host_stall=100"}};
  Daemon daemon_{crawl_config(web_.http(), {{"fetch.timeout", "60.0"}})};
};

TEST_F(LifecycleOfStalledTransfers, SigtermDoesNotWaitForThem) {
  daemon_.signal(SIGTERM);
  EXPECT_EQ(daemon_.wait(std::chrono::seconds(12)), 0);
  expect_all_given_back();
}

TEST_F(LifecycleOfStalledTransfers, ASecondSigtermCutsThemOff) {
  daemon_.signal(SIGTERM);
  ASSERT_TRUE(says("stopping"));
  daemon_.signal(SIGTERM);
  EXPECT_EQ(daemon_.wait(std::chrono::seconds(4)), 0) << "the grace of one signal is five seconds";
  expect_all_given_back();
}

TEST_F(LifecycleOfStalledTransfers, ASecondSigtermCountsWhereAWorkerHasNotSeenTheFirst) {
  const auto workers = daemon_.workers();
  for (const pid_t worker : workers) ::kill(worker, SIGSTOP);
  daemon_.signal(SIGTERM);
  ASSERT_TRUE(says("stopping"));
  daemon_.signal(SIGTERM);
  ASSERT_TRUE(says("stopping at once"));
  for (const pid_t worker : workers) ::kill(worker, SIGCONT);
  EXPECT_EQ(daemon_.wait(), 0);
  expect_all_given_back();
}

TEST_F(Lifecycle, SigintStopsToo) {
  start_crawl();
  daemon_.signal(SIGINT);
  EXPECT_EQ(daemon_.wait(), 0);
}

TEST_F(Lifecycle, KilledWorkerIsReplaced) {
  start_crawl();
  const auto workers = daemon_.workers();
  ASSERT_EQ(workers.size(), 2U);
  ::kill(workers[0], SIGKILL);
  EXPECT_TRUE(eventually([&] {
    const auto now = daemon_.workers();
    return now.size() == 2 && now[0] != workers[0] && alive(now[0]) && now[1] == workers[1];
  }));
  EXPECT_EQ(daemon_.ctl_json({"status"}).at("workers").at(0).at("restarts"), 1);
  finish_crawl();
}

TEST_F(Lifecycle, KilledControlProcessIsReplaced) {
  start_crawl();
  const auto workers = daemon_.workers();
  auto children = daemon_.children();
  const auto control = std::find_if(children.begin(), children.end(), [&](pid_t child) {
    return std::find(workers.begin(), workers.end(), child) == workers.end();
  });
  ASSERT_NE(control, children.end());
  ::kill(*control, SIGKILL);
  EXPECT_TRUE(eventually([&] { return daemon_.ctl({"status"}).exit == 0; }));
  EXPECT_EQ(daemon_.workers(), workers);
  finish_crawl();
}

TEST_F(Lifecycle, KilledSupervisorTakesItsChildrenAlong) {
  start_crawl();
  const auto children = daemon_.children();
  EXPECT_EQ(children.size(), 3U);
  daemon_.kill_supervisor();
  EXPECT_TRUE(eventually([&] { return std::none_of(children.begin(), children.end(), alive); }));
  const std::int64_t recorded = query_number(daemon_.database(), "select count(*) from results");
  EXPECT_EQ(query_number(daemon_.database(), "select fetched from crawls"), recorded);
  daemon_.start();
  finish_crawl();
}

TEST_F(Lifecycle, EverythingKilledAtOnce) {
  start_crawl();
  for (const pid_t child : daemon_.children()) ::kill(child, SIGKILL);
  daemon_.kill_supervisor();
  daemon_.start();
  finish_crawl();
}

TEST_F(Lifecycle, PauseOutlivesARestart) {
  start_crawl();
  EXPECT_EQ(daemon_.ctl_json({"pause", "default"}).at("state"), "paused");
  ASSERT_TRUE(eventually([&] { return daemon_.urls().at("in_flight") == 0; }));
  const auto requests = web_.request_count();
  const auto paused = daemon_.urls();
  EXPECT_EQ(daemon_.stop(), 0);
  daemon_.start();
  EXPECT_EQ(daemon_.ctl_json({"status"}).at("crawls").at(0).at("state"), "paused");
  EXPECT_EQ(daemon_.add("late.test\n").at("added"), 1) << "adding to a paused crawl is allowed";
  EXPECT_EQ(daemon_.urls().at("pending"), paused.at("pending").get<int>() + 1);
  daemon_.add("other.test\n", {"--crawl", "other"});
  ASSERT_TRUE(eventually([&] { return daemon_.urls("other").at("pending") == 0; })) << "another crawl goes on";
  EXPECT_EQ(web_.request_count(), requests + 2);
  EXPECT_EQ(daemon_.urls().at("fetched"), paused.at("fetched"));
  EXPECT_EQ(daemon_.ctl_json({"resume", "default"}).at("state"), "running");
  daemon_.wait_until_done();
  EXPECT_EQ(daemon_.urls().at("fetched"), static_cast<int>(kSites) + 1);
}

TEST_F(Lifecycle, WhatWasRecordedIsSoonSafeFromAPowerCut) {
  start_crawl();
  finish_crawl();
  const TempDir directory;
  const auto results_in_file = [&] {  // without the write-ahead log, which a power cut may take
    const std::string copy = directory.file("copy.db");
    std::filesystem::copy_file(daemon_.database(), copy, std::filesystem::copy_options::overwrite_existing);
    try {
      return query_number(copy, "select count(*) from results");
    } catch (const SQLite::Exception&) {
      return std::int64_t{-1};  // copied while it was being written
    }
  };
  EXPECT_TRUE(eventually([&] { return results_in_file() == static_cast<std::int64_t>(kSites); }));
}

TEST_F(Lifecycle, ViewsCanBeReadWhileTheCrawlRuns) {
  start_crawl();
  using Columns = std::vector<std::string>;
  EXPECT_EQ(
      query(daemon_.database(), "select * from results limit 1").columns,
      (Columns{"crawl", "url", "outcome", "status", "error", "content_type", "encoding", "bytes", "truncated", "title",
               "redirect_to", "depth", "attempts", "remote_ip", "http_version", "elapsed_ms", "fetched_at"}));
  EXPECT_EQ(query(daemon_.database(), "select * from frontier limit 1").columns,
            (Columns{"crawl", "url", "depth", "attempts", "host", "ready_at"}));
  EXPECT_EQ(query(daemon_.database(), "select * from hosts limit 1").columns,
            (Columns{"authority", "robots_status", "crawl_delay", "ready_at", "pending", "failures"}));
  EXPECT_EQ(query(daemon_.database(), "select * from crawls").columns,
            (Columns{"name", "state", "created_at", "total", "pending", "fetched", "failed", "disallowed", "skipped"}));
  const Rows both = query(daemon_.database(),
                          "select (select count(*) from results), (select fetched from crawls), "
                          "(select pending from crawls), (select count(*) from frontier)");
  EXPECT_EQ(both.rows[0][0], both.rows[0][1]) << "results and counters of one instant";
  EXPECT_EQ(both.rows[0][2], both.rows[0][3]) << "pending and frontier of one instant";
  finish_crawl();
}

}  // namespace
}  // namespace wswp::test
