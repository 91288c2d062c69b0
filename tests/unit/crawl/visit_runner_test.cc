// A visit on a real loop against a scripted server, with a clock that moves only where the visit waits.
#include "crawl/visit_runner.h"

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/scripted_server.h"

namespace wswp::crawl {
namespace {

using frontier::Seen;
using frontier::UrlState;
using test::http;
using test::page;
using test::Reply;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kDelayMs = 2000;

/// The thread that a visit runs on, without a thread.
class OneVisit final : private VisitHost {
 public:
  OneVisit(const Policy& policy, const net::FetchOptions& options)
      : policy_(policy), loop_(options, loop_clock_, nullptr) {}

  void run(frontier::Visit visit, const frontier::CrawlOptions& options) {
    VisitHost& host = *this;
    runner_.emplace(1, VisitTask{.visit = std::move(visit), .rules = std::make_shared<const CrawlRules>(options)},
                    host);
    runner_->begin();
    const MonoMs deadline = loop_clock_.mono_ms() + 20'000;
    while (!over_ && loop_clock_.mono_ms() < deadline) {
      if (const auto due = std::exchange(due_, std::nullopt)) {
        clock_.advance(*due - clock_.mono_ms());
        runner_->resume();
      } else if (std::exchange(asked_, false)) {
        runner_->resume_with(seen);
      } else {
        loop_.run_once(100);
      }
    }
    ASSERT_TRUE(over_) << "the visit does not end";
  }

  Seen seen = Seen::kNo;                     // what is said of targets of redirects
  std::vector<std::int64_t> waits;           // milliseconds, in their order
  std::vector<frontier::VisitReport> parts;  // before the last
  frontier::VisitReport last;
  std::vector<std::string> questions;
  ScheduleMs schedule() const { return clock_.schedule_ms(); }

 private:
  net::FetchLoop& loop() override { return loop_; }
  const Clock& clock() const override { return clock_; }
  const Policy& policy() const override { return policy_; }
  ScannerPool& scanners() override { return scanners_; }
  WorkMark& mark() override { return mark_; }
  double luck() override { return 0; }
  bool congested() const override { return false; }
  void asks(VisitRunner& /*runner*/) override {}
  void heard(VisitRunner& /*runner*/) override {}
  void wait_until(VisitRunner& /*runner*/, MonoMs instant) override {
    waits.push_back(instant - clock_.mono_ms());
    due_ = instant;
  }
  void ask_seen(VisitRunner& /*runner*/, const std::string& target) override {
    questions.push_back(target);
    asked_ = true;
  }
  void starved(Obstacle /*obstacle*/) override { ADD_FAILURE() << "short of something"; }
  void progressed(frontier::VisitReport part) override { parts.push_back(std::move(part)); }
  void finished(VisitRunner& /*runner*/, frontier::VisitReport report) override {
    last = std::move(report);
    over_ = true;
  }

  const Policy& policy_;
  SystemClock loop_clock_;
  ManualClock clock_{1'700'000'000'000};
  ScannerPool scanners_;
  WorkMark mark_;
  net::FetchLoop loop_;
  std::optional<VisitRunner> runner_;
  std::optional<MonoMs> due_;
  bool asked_ = false, over_ = false;
};

class VisitTest : public testing::Test {
 protected:
  VisitTest() {
    policy_.product_token = "wswp";
    policy_.delay_ms = kDelayMs;
    policy_.retry = {.retries = 2, .retry_delay_ms = 5000};
  }

  static frontier::Visit visit(std::vector<std::string> targets) {
    frontier::Visit visit{.crawl = 1, .host = 2, .origin = "http://a.test"};
    for (std::string& target : targets)
      visit.urls.push_back({.rank = static_cast<frontier::Rank>(visit.urls.size() + 1), .target = std::move(target)});
    return visit;
  }
  void run(frontier::Visit visit) { run_on(dead_ ? dead_address() : server_.authority(), std::move(visit)); }
  void run_on(const std::string& address, frontier::Visit visit) {
    net::FetchOptions options;
    options.connect_to = address;
    one_.emplace(policy_, options);
    one_->seen = seen_;
    one_->run(std::move(visit), options_);
  }
  void answer(const std::string& target, int status, const std::string& fields = "") {
    server_.answer("a.test" + target, {http(status, fields, "x"), Reply::Then::kKeep});
  }

  /// Of each URL that was reported, in their order: "fetched 200", "failed refused", "tried".
  std::vector<std::string> ends() const {
    std::vector<std::string> ends;
    const auto take = [&](const frontier::VisitReport& report) {
      for (const frontier::UrlReport& url : report.urls) {
        if (!url.outcome) {
          ends.push_back(url.url.target + " tried");
        } else {
          ends.push_back(fmt::format("{} {}{}{}", url.url.target, to_string(url.outcome->state),
                                     url.outcome->status != 0 ? fmt::format(" {}", url.outcome->status) : "",
                                     url.outcome->error.empty() ? "" : " " + url.outcome->error));
        }
      }
    };
    for (const frontier::VisitReport& part : one_->parts) take(part);
    take(one_->last);
    return ends;
  }
  int failures() const { return one_->last.pace ? one_->last.pace->failures : -1; }

  Policy policy_;
  frontier::CrawlOptions options_;
  test::ScriptedServer server_;
  Seen seen_ = Seen::kNo;
  bool dead_ = false;  // nobody listens
  std::optional<OneVisit> one_;

 private:
  static std::string dead_address() {
    const net::RawServer server(net::always(""));
    return server.authority();
  }
};

// ---- a host that cannot be reached

TEST_F(VisitTest, ADeadHostCostsEachUrlOfTheVisitATry) {
  dead_ = true;
  run(visit({"/1", "/2", "/3"}));
  EXPECT_THAT(ends(), ElementsAre("/1 tried", "/2 tried", "/3 tried"));
  EXPECT_EQ(failures(), 1);
  EXPECT_TRUE(one_->last.released);
  EXPECT_EQ(one_->last.ready_at, one_->schedule() + 5000);
}

TEST_F(VisitTest, TheTriesOfADeadHostCountForUrlsThatWereNotInTheVisitsBefore) {
  dead_ = true;
  frontier::Visit late = visit({"/1", "/2"});
  late.pace.failures = 2;
  run(std::move(late));
  EXPECT_THAT(ends(), ElementsAre("/1 failed refused", "/2 failed refused"));
  EXPECT_EQ(failures(), 3);
}

TEST_F(VisitTest, AHostThatIsNotDeadForLongEnoughHasAnotherTry) {
  dead_ = true;
  frontier::Visit late = visit({"/1", "/2"});
  late.pace.failures = 1;
  late.urls[1].attempts = 2;  // of its own
  run(std::move(late));
  EXPECT_THAT(ends(), ElementsAre("/1 tried", "/2 failed refused"));
}

TEST_F(VisitTest, AnAnswerTakesTheFailuresOfTheHostBack) {
  frontier::Visit late = visit({"/1"});
  late.pace.failures = 2;
  run(std::move(late));
  EXPECT_THAT(ends(), ElementsAre("/1 fetched 200"));
  EXPECT_EQ(failures(), 0);
}

// ---- a URL that fails

TEST_F(VisitTest, AFailureThatMayPassEndsTheVisitAndCostsOneUrlATry) {
  answer("/2", 503);
  run(visit({"/1", "/2", "/3"}));
  EXPECT_THAT(ends(), ElementsAre("/1 fetched 200", "/2 tried"));
  EXPECT_EQ(failures(), 1);
  EXPECT_EQ(one_->last.ready_at, one_->schedule() + 5000);
  EXPECT_THAT(server_.targets("a.test"), ElementsAre("/1", "/2"));
}

TEST_F(VisitTest, AUrlFailsAfterItsLastTry) {
  answer("/1", 503);
  frontier::Visit late = visit({"/1", "/2"});
  late.urls[0].attempts = 2;
  run(std::move(late));
  EXPECT_THAT(ends(), ElementsAre("/1 failed 503 http_status"));
}

TEST_F(VisitTest, TheRestThatAServerAsksForIsKept) {
  answer("/1", 429, "Retry-After: 77\r\n");
  run(visit({"/1"}));
  EXPECT_EQ(one_->last.ready_at, one_->schedule() + 77'000);
}

TEST_F(VisitTest, AFinalAnswerIsNoFailure) {
  answer("/1", 404);
  run(visit({"/1", "/2"}));
  EXPECT_THAT(ends(), ElementsAre("/1 fetched 404", "/2 fetched 200"));
}

TEST_F(VisitTest, EachUrlMayMeetTheEndOfAKeptConnectionOnce) {
  // The connection ends instead of an answer; the next one is answered.
  policy_.delay_ms = 100;  // so that connections are kept
  int times = 0;
  const net::RawServer server([&times](const net::Peer& peer) {
    int served = 0;
    for (std::string head = peer.read_head(); !head.empty(); head = peer.read_head()) {
      if (served > 0 && head.starts_with("GET /") && !head.starts_with("GET /robots.txt") && ++times % 2 == 1) return;
      ++served;
      peer.send(head.starts_with("GET /robots.txt") ? http(404) : page("x"));
    }
  });
  run_on(server.authority(), visit({"/1", "/2", "/3"}));
  EXPECT_THAT(ends(), ElementsAre("/1 fetched 200", "/2 fetched 200", "/3 fetched 200"));
}

// ---- robots.txt

TEST_F(VisitTest, RobotsAreAskedForFirstAndKept) {
  server_.answer("a.test/robots.txt", {http(200, "", "User-agent: *\nDisallow: /no\n"), Reply::Then::kKeep});
  run(visit({"/no/1", "/2", "/no/3"}));
  EXPECT_THAT(ends(), ElementsAre("/no/1 disallowed", "/2 fetched 200", "/no/3 disallowed"));
  EXPECT_THAT(server_.targets("a.test"), ElementsAre("/2"));
  EXPECT_EQ(server_.asked(2).front().target, "/robots.txt");
  ASSERT_FALSE(one_->parts.empty());
  ASSERT_TRUE(one_->parts.front().robots);
  EXPECT_EQ(one_->parts.front().robots->status, 200);
  EXPECT_FALSE(one_->last.robots) << "it is reported once";
}

TEST_F(VisitTest, RobotsThatAreKnownAreNotAskedForAgain) {
  frontier::Visit known = visit({"/1"});
  known.robots = frontier::RobotsRecord{.status = 404, .fetched_at = 1, .expires_at = 2'000'000'000'000};
  run(std::move(known));
  EXPECT_THAT(server_.asked(1), testing::SizeIs(1));
}

TEST_F(VisitTest, TheBodyOfARedirectIsNoPartOfTheRobots) {
  server_.answer("a.test/robots.txt",
                 {http(301, "Location: /r2\r\n", "User-agent: *\nDisallow: /1\n"), Reply::Then::kKeep});
  server_.answer("a.test/r2", {http(200, "", "User-agent: *\nDisallow: /2\n"), Reply::Then::kKeep});
  run(visit({"/1", "/2"}));
  EXPECT_THAT(ends(), ElementsAre("/1 fetched 200", "/2 disallowed"));
}

TEST_F(VisitTest, WhereEarlierRobotsServeThePageWaitsForTheDelay) {
  answer("/robots.txt", 503);
  frontier::Visit known = visit({"/1"});
  known.robots =
      frontier::RobotsRecord{.status = 200,
                             .rules = robots::Rules::parse("User-agent: *\nDisallow: /no\n", "wswp").serialize(),
                             .fetched_at = 1'699'999'000'000,
                             .expires_at = 1'699'999'999'000};
  run(std::move(known));
  EXPECT_THAT(ends(), ElementsAre("/1 fetched 200"));
  EXPECT_THAT(one_->waits, ElementsAre(kDelayMs));
}

TEST_F(VisitTest, RobotsThatCannotBeHadCloseTheHost) {
  answer("/robots.txt", 503);
  run(visit({"/1", "/2"}));
  EXPECT_THAT(ends(), ElementsAre("/1 tried", "/2 tried"));
  EXPECT_THAT(server_.targets("a.test"), IsEmpty());
  EXPECT_EQ(failures(), 1);
}

TEST_F(VisitTest, UrlsOfAHostWhoseRobotsCannotBeHadFailInTheEnd) {
  answer("/robots.txt", 503);
  frontier::Visit late = visit({"/1", "/2"});
  late.pace.failures = 2;
  run(std::move(late));
  EXPECT_THAT(ends(), ElementsAre("/1 failed robots_unreachable", "/2 failed robots_unreachable"));
}

// ---- the delay

TEST_F(VisitTest, ThePageFollowsItsRobotsAtOnceAndTheOthersAfterTheDelay) {
  run(visit({"/1", "/2", "/3"}));
  EXPECT_THAT(one_->waits, ElementsAre(kDelayMs, kDelayMs));
  EXPECT_EQ(one_->last.ready_at, one_->schedule() + kDelayMs);
}

TEST_F(VisitTest, ADelayThatRobotsAskForHoldsAlsoBehindThem) {
  server_.answer("a.test/robots.txt", {http(200, "", "User-agent: *\nCrawl-delay: 7\n"), Reply::Then::kKeep});
  run(visit({"/1", "/2"}));
  EXPECT_THAT(one_->waits, ElementsAre(7000, 7000));
  EXPECT_EQ(one_->last.ready_at, one_->schedule() + 7000);
}

TEST_F(VisitTest, TheDelayOfTheCrawlBeatsThatOfTheDaemon) {
  options_.delay_ms = 300;
  run(visit({"/1", "/2"}));
  EXPECT_THAT(one_->waits, ElementsAre(300));
}

TEST_F(VisitTest, RedirectsAreKeptApartToo) {
  answer("/1", 302, "Location: /to\r\n");
  run(visit({"/1"}));
  EXPECT_THAT(one_->waits, ElementsAre(kDelayMs));
}

// ---- redirects

TEST_F(VisitTest, ARedirectWithinTheHostIsFollowedAndItsTargetAnAlias) {
  answer("/1", 302, "Location: /to\r\n");
  run(visit({"/1", "/2", "/to"}));
  EXPECT_THAT(ends(), ElementsAre("/1 fetched 200", "/2 fetched 200")) << "the third is fetched already";
  EXPECT_THAT(one_->questions, ElementsAre("/to"));
  ASSERT_FALSE(one_->parts.empty());
  EXPECT_THAT(one_->parts.front().urls.at(0).aliases, ElementsAre("/to"));
  EXPECT_EQ(one_->parts.front().urls.at(0).outcome->redirect_to, "http://a.test/to");
}

TEST_F(VisitTest, ARedirectToWhatTheCrawlHasFetchedIsNotFollowed) {
  seen_ = Seen::kDone;
  answer("/1", 302, "Location: /to\r\n");
  run(visit({"/1"}));
  EXPECT_THAT(ends(), ElementsAre("/1 fetched 302"));
  EXPECT_THAT(server_.targets("a.test"), ElementsAre("/1"));
}

TEST_F(VisitTest, ARedirectThatRobotsForbidIsNotFollowed) {
  server_.answer("a.test/robots.txt", {http(200, "", "User-agent: *\nDisallow: /no\n"), Reply::Then::kKeep});
  answer("/1", 302, "Location: /no\r\n");
  run(visit({"/1"}));
  EXPECT_THAT(ends(), ElementsAre("/1 disallowed 302"));
}

TEST_F(VisitTest, RedirectsThatTurnInACircleAreCut) {
  answer("/1", 302, "Location: /2\r\n");
  answer("/2", 302, "Location: /1\r\n");
  run(visit({"/1"}));
  EXPECT_THAT(ends(), ElementsAre("/1 failed 302 too_many_redirects"));
  EXPECT_THAT(server_.targets("a.test"), ElementsAre("/1", "/2"));
}

TEST_F(VisitTest, NoMoreRedirectsThanAllowed) {
  policy_.max_redirects = 2;
  for (int i = 1; i < 6; ++i) answer(fmt::format("/{}", i), 302, fmt::format("Location: /{}\r\n", i + 1));
  run(visit({"/1"}));
  EXPECT_THAT(ends(), ElementsAre("/1 failed 302 too_many_redirects"));
  EXPECT_THAT(server_.targets("a.test"), ElementsAre("/1", "/2", "/3"));
}

TEST_F(VisitTest, RedirectsBetweenHostsThatLedHereCount) {
  policy_.max_redirects = 2;
  frontier::Visit led = visit({"/1"});
  led.urls[0].redirects = 2;
  answer("/1", 302, "Location: /2\r\n");
  run(std::move(led));
  EXPECT_THAT(ends(), ElementsAre("/1 failed 302 too_many_redirects"));
}

TEST_F(VisitTest, ARedirectToAnotherHostIsHandedOn) {
  answer("/1", 302, "Location: http://b.test/x\r\n");
  run(visit({"/1"}));
  EXPECT_THAT(ends(), ElementsAre("/1 fetched 302"));
  const frontier::UrlReport& url = one_->last.urls.at(0);
  ASSERT_EQ(url.found.size(), 1U);
  EXPECT_EQ(url.found[0].url.href(), "http://b.test/x");
  EXPECT_TRUE(url.found[0].redirected);
  EXPECT_EQ(url.found[0].redirects, 1);
  EXPECT_EQ(url.found[0].depth, 0);
}

// ---- reports

TEST_F(VisitTest, EachUrlIsReportedAsItEndsAndTheHostReleasedWithTheLast) {
  run(visit({"/1", "/2", "/3"}));
  ASSERT_EQ(one_->parts.size(), 2U);
  for (const frontier::VisitReport& part : one_->parts) {
    EXPECT_EQ(part.urls.size(), 1U);
    EXPECT_FALSE(part.released);
    EXPECT_EQ(part.host, 2);
    EXPECT_EQ(part.origin, "http://a.test");
  }
  EXPECT_EQ(one_->last.urls.size(), 1U);
  EXPECT_TRUE(one_->last.released);
}

}  // namespace
}  // namespace wswp::crawl
