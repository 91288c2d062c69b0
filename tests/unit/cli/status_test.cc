// wswpctl status: once, watched, waited for; on a terminal and in a pipe.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "fake_daemon.h"
#include "run_ctl.h"

namespace wswp::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string status_document(int pending, const std::string& state = "running") {
  return fmt::format(
      R"({{"version":"1.2.3","state":"running","uptime_s":125.0,)"
      R"("workers":[{{"pid":1,"threads":5,"in_flight":17,"restarts":0}},{{"pid":2,"threads":5,"in_flight":3,"restarts":0}}],)"
      R"("crawls":[{{"name":"default","state":"{}","urls":{{"total":2000,"pending":{},"in_flight":20,"fetched":900,)"
      R"("failed":80,"disallowed":15,"skipped":5}},"bytes":18432,"rate_per_s":123.4,"eta_s":8.1}}]}})",
      state, pending);
}

class Status : public ::testing::Test {
 protected:
  Outcome status(std::vector<std::string> arguments, bool on_terminal = false,
                 std::vector<std::string> environment = {}) {
    arguments.insert(arguments.begin(), {"--socket", daemon_.socket(), "status"});
    return run_ctl({.arguments = arguments, .environment = environment, .on_terminal = on_terminal});
  }
  /// Pending at the first call, the second, …; nothing pending afterwards.
  void pending_is(std::vector<int> counts, const std::string& state = "running") {
    handler_ = [this, counts, state](const Request&) {
      const auto call = static_cast<std::size_t>(calls_++);
      return Response{200, call < counts.size() ? status_document(counts[call], state) : status_document(0, "done")};
    };
  }

  std::atomic<int> calls_ = 0;
  FakeDaemon::Handler handler_ = [](const Request&) { return Response{200, status_document(1000)}; };
  FakeDaemon daemon_{[this](const Request& request) { return handler_(request); }};
};

constexpr const char* kFigures =
    "      fetched       failed   disallowed      skipped      pending    in flight\n"
    "          900           80           15            5        1,000           20\n"
    "       90.0 %        8.0 %        1.5 %        0.5 %\n"
    "  123.4 URLs/s  18.0 KiB  ETA 8.1 s\n";

TEST_F(Status, InAPipeThereIsNoBarAndNoColour) {
  const auto outcome = status({});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, std::string("wswpd 1.2.3  running  up 2m 05s  2 workers  20 in flight\n"
                                     "\n"
                                     "default  running\n"
                                     "  50.0 %  1,000 of 2,000\n") +
                             kFigures);
}

TEST_F(Status, WhatTrapRulesCutIsOneLineMostFrequentFirst) {
  handler_ = [](const Request&) {
    std::string document = status_document(1000);
    document.insert(document.find(R"("bytes")"), R"("cut":{"far_date":4,"repeated_segments":1200},)");
    return Response{200, document};
  };
  EXPECT_THAT(status({}).out,
              ::testing::EndsWith("\n  cut by trap rules: 1,204 links (repeated_segments 1,200, far_date 4)\n"));
}

TEST_F(Status, OnATerminalThereIsABarInColour) {
  const auto outcome = status({}, true);
  EXPECT_THAT(outcome.out, HasSubstr("\033[32m██████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░\033[0m  50.0 %"));
  EXPECT_THAT(outcome.out, HasSubstr("\033[1mwswpd 1.2.3\033[0m"));
}

TEST_F(Status, NoColorKeepsTheBarButNotTheColour) {
  const auto outcome = status({}, true, {"NO_COLOR=1"});
  EXPECT_THAT(outcome.out, HasSubstr("█░"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\033[")));
  EXPECT_THAT(status({}, true, {"NO_COLOR="}).out, HasSubstr("\033[1m"));
}

TEST_F(Status, AnAsciiLocaleGetsAnAsciiBar) {
  EXPECT_THAT(status({}, true, {"LC_ALL=C"}).out, HasSubstr("[########"));
}

TEST_F(Status, JsonIsTheDaemonsDocument) {
  EXPECT_EQ(status({"--json"}).out, status_document(1000) + "\n");
  EXPECT_EQ(status({"--json"}, true).out, status_document(1000) + "\r\n");
}

TEST_F(Status, OneCrawlIsAskedFor) {
  status({"my crawl"});
  EXPECT_THAT(daemon_.asked(), ElementsAre("GET /v1/status?crawl=my%20crawl"));
}

TEST_F(Status, WaitReturnsWhenNothingIsPending) {
  pending_is({1000, 3});
  const auto outcome = status({"--wait", "--json"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, status_document(0, "done") + "\n");
  EXPECT_THAT(outcome.err, IsEmpty());
  EXPECT_EQ(calls_, 3);
}

TEST_F(Status, WaitingForAPausedCrawlWarnsOnce) {
  pending_is({1000, 1000}, "paused");
  const auto outcome = status({"--wait"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "wswpctl: waiting for default, which is paused; \"wswpctl resume default\" lets it go on\n");
}

TEST_F(Status, WatchAndWaitPrintEveryState) {
  pending_is({1000, 3});
  const auto outcome = status({"--watch", "--wait", "--json"});
  EXPECT_EQ(outcome.out, status_document(1000) + "\n" + status_document(3) + "\n" + status_document(0, "done") + "\n");
}

TEST_F(Status, WatchInAPipePrintsBlocks) {
  pending_is({1000});
  const auto outcome = status({"--watch", "--wait"});
  EXPECT_THAT(outcome.out, HasSubstr("ETA 8.1 s\n\nwswpd 1.2.3"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\033[")));
}

TEST_F(Status, WatchOnATerminalRedrawsInPlace) {
  pending_is({1000});
  const auto outcome = status({"--watch", "--wait"}, true);
  EXPECT_THAT(outcome.out, HasSubstr("\033[8A\r"));
}

TEST_F(Status, WatchEndsWithTheDaemon) {
  handler_ = [this](const Request&) {
    daemon_.close_socket();
    return Response{200, status_document(1000)};
  };
  EXPECT_EQ(status({"--watch"}).exit_code, 3);
}

TEST_F(Status, AnAnswerThatIsNotJsonIsAFailure) {
  handler_ = [](const Request&) { return Response{200, "<html>"}; };
  EXPECT_EQ(status({}).exit_code, 1);
  handler_ = [](const Request&) { return Response{200, R"(["no","object"])"}; };
  EXPECT_EQ(status({}).exit_code, 1);
}

}  // namespace
}  // namespace wswp::cli
