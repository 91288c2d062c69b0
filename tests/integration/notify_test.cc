// What the daemon tells the service manager, and that it is true at that moment.

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "integration/site_names.h"
#include "support/daemon.h"
#include "support/notify_socket.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

using namespace std::chrono_literals;

class Notify : public ::testing::Test {
 protected:
  TempDir directory_;
  NotifySocket manager_{directory_.file("notify")};
  Simweb web_{{"--profile", "clean"}};
  Daemon daemon_{crawl_config(web_.http()), manager_.environment(400ms)};
};

TEST_F(Notify, ReadyWhenTheSocketAnswersAndWorkersRun) {
  daemon_.launch();
  ASSERT_NE(manager_.wait_for("READY=1"), "") << daemon_.log();
  const auto status = daemon_.ctl_json({"status"});
  ASSERT_EQ(status.at("workers").size(), 2U);
  for (const auto& worker : status.at("workers")) EXPECT_TRUE(alive(worker.at("pid").get<pid_t>()));
  EXPECT_NE(manager_.wait_for("STATUS="), "");
  EXPECT_NE(manager_.wait_for("WATCHDOG=1"), "");
}

TEST_F(Notify, StatusTellsTheProgress) {
  daemon_.start();
  daemon_.add(site_names(30));
  daemon_.wait_until_done();
  EXPECT_NE(manager_.wait_for("STATUS=30 of 30 URLs done"), "");
}

TEST_F(Notify, StoppingOnSigterm) {
  daemon_.launch();
  ASSERT_NE(manager_.wait_for("READY=1"), "");
  EXPECT_FALSE(manager_.has("STOPPING=1"));
  EXPECT_EQ(daemon_.stop(), 0);
  EXPECT_NE(manager_.wait_for("STOPPING=1", 1s), "");
}

TEST_F(Notify, AHangingWorkerIsReplaced) {
  daemon_.launch();
  ASSERT_NE(manager_.wait_for("READY=1"), "");
  const auto workers = daemon_.workers();
  ::kill(workers.at(0), SIGSTOP);
  EXPECT_TRUE(eventually([&] { return daemon_.workers().at(0) != workers.at(0); }, 60s));
  EXPECT_FALSE(alive(workers.at(0)));
  EXPECT_NE(manager_.wait_for("WATCHDOG=1"), "");
}

TEST_F(Notify, ReloadTakesTheNewSettings) {
  daemon_.launch();
  ASSERT_NE(manager_.wait_for("READY=1"), "");
  daemon_.configure(
      crawl_config(web_.http(), {{"workers.processes", "3"}, {"fetch.user_agent", "\"wswp/9.9 (new)\""}}));
  daemon_.signal(SIGHUP);
  const std::string reloading = manager_.wait_for("RELOADING=1");
  EXPECT_NE(reloading.find("MONOTONIC_USEC="), std::string::npos) << reloading;
  ASSERT_NE(manager_.wait_for("READY=1"), "");
  EXPECT_EQ(daemon_.workers().size(), 3U);
  daemon_.add(site_names(20));
  daemon_.wait_until_done();
  for (const LoggedRequest& request : web_.requests(20 * 2)) EXPECT_EQ(request.user_agent, "wswp/9.9 (new)");
}

TEST_F(Notify, ReloadOfABadFileChangesNothing) {
  daemon_.launch();
  ASSERT_NE(manager_.wait_for("READY=1"), "");
  daemon_.configure(std::string("[fetch]\nnonsense = 1\n"));
  const Finished reload = daemon_.ctl({"reload"});
  EXPECT_EQ(reload.exit, 1);
  EXPECT_NE(reload.err.find("wswpd.toml:2:1"), std::string::npos) << reload.err;
  daemon_.signal(SIGHUP);
  EXPECT_TRUE(eventually([&] { return daemon_.log().find("not reloaded") != std::string::npos; }));
  EXPECT_EQ(daemon_.ctl({"status"}).exit, 0);
  EXPECT_FALSE(manager_.has("RELOADING=1"));
}

TEST_F(Notify, ReloadUnderLoadLosesNothing) {
  daemon_.start();
  daemon_.add(site_names(2000));
  EXPECT_EQ(daemon_.ctl({"reload"}).exit, 0);
  daemon_.wait_until_done();
  EXPECT_EQ(daemon_.urls().at("fetched"), 2000);
  EXPECT_EQ(web_.requests(4000).size(), 4000U) << "each site was asked for two things";
}

/// Runs the ExecReload= lines of the unit as systemd does: one after another, until one fails (systemd.service(5)).
Finished reload_as_the_unit_says(const Daemon& daemon) {
  const auto replace = [](std::string& text, const std::string& what, const std::string& by) {
    if (const std::size_t at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
  };
  std::ifstream unit(UNIT_FILE);
  Finished last;
  int commands = 0;
  for (std::string line; std::getline(unit, line);) {
    if (!line.starts_with("ExecReload=")) continue;
    line.erase(0, line.find('=') + 1);
    replace(line, "@WSWP_UNIT_BINARY@", Daemon::binary());
    replace(line, "@WSWP_CONFIG_FILE@", daemon.config_file());
    replace(line, "$MAINPID", std::to_string(daemon.pid()));
    std::istringstream words(line);
    last = run({std::istream_iterator<std::string>(words), {}});
    ++commands;
    if (last.exit != 0) break;
  }
  EXPECT_GT(commands, 0);
  return last;
}

TEST_F(Notify, ReloadByTheUnitFailsWhereTheFileIsBad) {
  daemon_.launch();
  ASSERT_NE(manager_.wait_for("READY=1"), "");
  EXPECT_EQ(reload_as_the_unit_says(daemon_).exit, 0);
  EXPECT_NE(manager_.wait_for("RELOADING=1"), "");
  ASSERT_NE(manager_.wait_for("READY=1"), "");
  daemon_.configure(std::string("[fetch]\nnonsense = 1\n"));
  const Finished refused = reload_as_the_unit_says(daemon_);
  EXPECT_NE(refused.exit, 0);
  EXPECT_NE(refused.err.find("wswpd.toml:2:1"), std::string::npos) << refused.err;
  EXPECT_EQ(daemon_.ctl({"status"}).exit, 0);
}

}  // namespace
}  // namespace wswp::test
