// How hosts are paced, as their servers see it: rests they ask for or deserve, and what a kill does not shorten.

#include <array>
#include <chrono>
#include <csignal>
#include <ctime>
#include <set>

#include <gtest/gtest.h>

#include "integration/scripted_site.h"
#include "integration/site_names.h"
#include "support/daemon.h"
#include "support/eventually.h"
#include "support/rows.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

std::string http_date(std::int64_t from_now_s) {
  const std::time_t at = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()) + from_now_s;
  std::array<char, 40> text{};
  std::tm parts{};
  std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", ::gmtime_r(&at, &parts));
  return text.data();
}

std::vector<std::int64_t> gaps(const std::vector<Asked>& asked) {
  std::vector<std::int64_t> gaps;
  for (std::size_t i = 1; i < asked.size(); ++i) gaps.push_back(asked[i].at - asked[i - 1].at);
  return gaps;
}

TEST(Pacing, RetryAfterIsHeldInSecondsAndAsADateForPagesAndRobots) {
  // "page-429-date.test": the first answer of its page is a 429 that names an instant.
  const ScriptedSite site([](const Asked& asked) {
    const bool robots = asked.target == "/robots.txt";
    if (asked.times > 1 || asked.host.starts_with("robots") != robots) return answer(robots ? "404" : "200");
    const bool date = asked.host.find("date") != std::string::npos;
    const std::string value = date ? http_date(3) : "2";  // a date is cut to seconds: at least two are left
    return answer(asked.host.find("429") != std::string::npos ? "429" : "503", "", "Retry-After: " + value + "\r\n");
  });
  Daemon daemon(crawl_config(site.address()));
  daemon.start();
  std::string list;
  for (const char* kind : {"page", "robots"}) {
    for (const char* how : {"-429-date", "-429-seconds", "-503-date", "-503-seconds"}) {
      list += std::string(kind) + how + ".test\n";
    }
  }
  daemon.add(list);
  daemon.wait_until_done();
  EXPECT_EQ(daemon.urls().at("fetched"), 8);
  for (const auto& [url, row] : daemon.results()) {
    const std::string host = url.substr(7, url.size() - 8);
    const auto asked = host.starts_with("page") ? site.pages(host) : site.robots(host);
    ASSERT_EQ(asked.size(), 2U) << host;
    EXPECT_GE(gaps(asked)[0], 1998) << host;
  }
}

TEST(Pacing, TheRestOfAHostDoublesOverItsUrlsAndCrawlsAndOutlivesAKill) {
  const ScriptedSite site([](const Asked& asked) { return answer(asked.target == "/robots.txt" ? "404" : "503"); });
  Daemon daemon(
      crawl_config(site.address(), {{"fetch.retries", "0"}, {"fetch.retry_delay", "0.4"}, {"politeness.delay", "0"}}));
  daemon.start();
  daemon.add("http://a.test/1\nhttp://a.test/2\n", {"--crawl", "one"});
  daemon.add("http://a.test/1\nhttp://a.test/2\n", {"--crawl", "two"});
  const auto failures = [&] { return query_number(daemon.database(), "select failures from hosts"); };
  ASSERT_TRUE(eventually([&] { return failures() == 2; }));
  daemon.kill_all();
  daemon.wait();
  daemon.start();
  daemon.wait_until_done();
  const auto rests = gaps(site.pages("a.test"));
  ASSERT_EQ(rests.size(), 3U);
  EXPECT_GE(rests[0], 398);
  EXPECT_GE(rests[1], 798);
  EXPECT_GE(rests[2], 1598);
  EXPECT_EQ(failures(), 4);
}

TEST(Pacing, AnAnswerEndsTheFailuresOfAHost) {
  const ScriptedSite site([](const Asked& asked) {
    if (asked.target == "/robots.txt") return answer("404");
    return answer(asked.times == 1 ? "503" : "200");
  });
  Daemon daemon(crawl_config(site.address()));
  daemon.start();
  daemon.add("a.test\n");
  daemon.wait_until_done();
  EXPECT_EQ(query_number(daemon.database(), "select failures from hosts"), 0);
  EXPECT_EQ(query_number(daemon.database(), "select count(*) from host_state where failures > 0 or answer_ms > 0"), 0);
}

TEST(Pacing, ARequestOverAConnectionThatEndsIsRepeatedNoSoonerThanTheDelay) {
  const ScriptedSite site([](const Asked& asked) {
    if (asked.target == "/robots.txt") return answer("404");
    return asked.times == 1 ? std::string() : answer("200");
  });
  Daemon daemon(crawl_config(site.address(), {{"politeness.delay", "0.5"}}));
  daemon.start();
  daemon.add("a.test\n");
  daemon.wait_until_done();
  const auto pages = site.pages("a.test");
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_EQ(pages[0].connection, site.robots("a.test")[0].connection);
  EXPECT_GE(gaps(pages)[0], 498);
  EXPECT_EQ(daemon.results().at("http://a.test/").at("attempts"), "1");
}

TEST(Pacing, AdaptiveDelaysFollowTheAnswers) {
  const Simweb web({"--profile", "clean", "--pages", "5", "--links", "20", "--external", "0", "--latency", "150ms"});
  Daemon daemon(crawl_config(web.http(), {{"politeness.delay", "0"}, {"politeness.adaptive", "3.0"}}));
  daemon.start();
  daemon.add(site_names(3), {"--follow", "--depth", "1"});
  daemon.wait_until_done();
  for (const auto& [host, requests] : by_host(web.requests(3 * 5), 3)) {
    ASSERT_GE(requests.size(), 5U) << host;
    expect_gaps({requests.begin() + 1, requests.end()}, 3 * 150 + 150);  // the answer, then three times as long
  }
}

TEST(Pacing, AHostIsAskedOverOneConnectionAtATime) {
  const Simweb web({"--profile", "clean", "--pages", "12", "--links", "30", "--external", "0"});
  Daemon daemon(crawl_config(web.http(), {{"politeness.delay", "0"}}));
  daemon.start();
  daemon.add(site_names(30), {"--crawl", "one", "--follow", "--depth", "2"});
  daemon.add(site_names(30), {"--crawl", "two", "--follow", "--depth", "2"});
  daemon.wait_until_done();
  for (const auto& [host, requests] : by_host(web.requests(30 * 13), 30)) {
    std::set<std::uint64_t> left;
    for (std::size_t i = 1; i < requests.size(); ++i) {
      if (requests[i].connection != requests[i - 1].connection) left.insert(requests[i - 1].connection);
      EXPECT_FALSE(left.contains(requests[i].connection)) << host << ": a second connection beside the first";
    }
  }
}

TEST(Pacing, AnAddressOfManyHostsIsSparedAlsoWhenAWorkerIsKilled) {
  const Simweb web({"--profile", "clean", "--addresses", "1"}, {"--listen", "0.0.0.0:0"});
  Daemon daemon(crawl_config("", {{"fetch.nameservers", "[\"" + web.dns() + "\"]"},
                                  {"fetch.allow_private", "true"},
                                  {"politeness.delay", "0"},
                                  {"politeness.per_ip_delay", "0.1"}}));
  daemon.start();
  daemon.add(site_names(25, std::to_string(web.http_port())));
  ASSERT_TRUE(eventually([&] { return web.request_count() >= 10; }));
  ::kill(daemon.workers().at(0), SIGKILL);
  daemon.wait_until_done();
  EXPECT_EQ(daemon.urls().at("fetched"), 25);
  const auto requests = web.requests(50);
  expect_pace(requests, 100, 400);
}

}  // namespace
}  // namespace wswp::test
