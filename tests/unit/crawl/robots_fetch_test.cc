// robots.txt as a server gives it, through its redirects.
#include "crawl/robots_fetch.h"

#include <optional>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/scripted_server.h"

namespace wswp::crawl {
namespace {

using test::http;
using test::Reply;

class RobotsFetchTest : public testing::Test {
 protected:
  struct Got {
    std::optional<int> status;
    bool too_many_redirects = false, elsewhere = false;
    std::optional<std::int64_t> retry_after_s;
    std::string error, body;
  };

  void redirect(const std::string& place, const std::string& to) {
    server_.answer(place, {http(301, fmt::format("Location: {}\r\n", to), "moved"), Reply::Then::kKeep});
  }
  /// So often, then there are rules.
  void redirect_times(int count) {
    const auto place = [](int i) { return i == 0 ? std::string("/robots.txt") : fmt::format("/{}", i); };
    for (int i = 0; i < count; ++i) redirect("a.test" + place(i), place(i + 1));
    rules("a.test" + place(count), "found");
  }
  void rules(const std::string& place, const std::string& text) {
    server_.answer(place, {http(200, "", text), Reply::Then::kKeep});
  }
  Got fetch() {
    net::FetchOptions options;
    options.connect_to = server_.authority();
    net::FetchLoop loop(options, clock_, nullptr);
    std::optional<Got> got;
    RobotsFetch robots(loop, clock_, [&](const RobotsFetch::Answer& answer) {
      got = Got{.status = answer.fetched.status,
                .too_many_redirects = answer.fetched.too_many_redirects,
                .elsewhere = answer.elsewhere,
                .retry_after_s = answer.fetched.retry_after_s,
                .error = std::string(net::to_string(answer.error)),
                .body = std::string(answer.body)};
    });
    robots.start("http://a.test");
    const MonoMs deadline = clock_.mono_ms() + 20'000;
    while (!got && clock_.mono_ms() < deadline) loop.run_once(100);
    EXPECT_TRUE(got);
    return got.value_or(Got{});
  }

  const SystemClock clock_;
  test::ScriptedServer server_;
};

TEST_F(RobotsFetchTest, TheAnswerOfTheHost) {
  rules("a.test/robots.txt", "Disallow: /");
  const Got got = fetch();
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, "Disallow: /");
  EXPECT_FALSE(got.elsewhere);
  EXPECT_FALSE(got.retry_after_s);
}

TEST_F(RobotsFetchTest, TheBodyOfARedirectIsNoRules) {
  redirect("a.test/robots.txt", "/r");
  rules("a.test/r", "Allow: /");
  EXPECT_EQ(fetch().body, "Allow: /");
}

TEST_F(RobotsFetchTest, FiveRedirectsAreFollowed) {
  redirect_times(5);
  EXPECT_EQ(fetch().body, "found");
}

TEST_F(RobotsFetchTest, ASixthRedirectIsNot) {
  redirect_times(6);
  const Got got = fetch();
  EXPECT_TRUE(got.too_many_redirects);
  EXPECT_EQ(server_.targets("a.test").back(), "/5");
}

TEST_F(RobotsFetchTest, AnAnswerThatWentOverAnotherHostIsFromElsewhere) {
  redirect("a.test/robots.txt", "http://b.test/r");
  redirect("b.test/r", "http://b.test/s");
  rules("b.test/s", "x");
  const Got got = fetch();
  EXPECT_TRUE(got.elsewhere) << "also after a redirect within that other host";
  EXPECT_EQ(got.body, "x");
}

TEST_F(RobotsFetchTest, ARedirectToNowhereIsAnAnswer) {
  redirect("a.test/robots.txt", "mailto:a@a.test");
  EXPECT_EQ(fetch().status, 301);
}

TEST_F(RobotsFetchTest, AnErrorPageThatBreaksOffIsAnAnswer) {
  server_.answer("a.test/robots.txt", {"HTTP/1.1 404 X\r\nContent-Length: 9\r\n\r\nhalf", Reply::Then::kClose});
  const Got got = fetch();
  EXPECT_EQ(got.status, 404);
  EXPECT_EQ(got.error, "");
}

TEST_F(RobotsFetchTest, RulesThatBreakOffAreNone) {
  server_.answer("a.test/robots.txt", {"HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\nhalf", Reply::Then::kClose});
  const Got got = fetch();
  EXPECT_FALSE(got.status);
  EXPECT_EQ(got.error, "partial");
}

TEST_F(RobotsFetchTest, WhatTheServerAsksForIsPassedOn) {
  server_.answer("a.test/robots.txt", {http(503, "Retry-After: 7\r\n"), Reply::Then::kKeep});
  EXPECT_EQ(fetch().retry_after_s, 7);
}

}  // namespace
}  // namespace wswp::crawl
