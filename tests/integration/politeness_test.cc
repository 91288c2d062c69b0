// Politeness, as the sites see it: from simweb's request log.

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "integration/site_names.h"
#include "support/daemon.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

using Requests = std::vector<LoggedRequest>;

Requests pages_of(const Requests& requests) {
  Requests pages;
  for (const LoggedRequest& request : requests) {
    if (!request.asks_robots()) pages.push_back(request);
  }
  return pages;
}

/// Each host is asked for its robots.txt first, and once.
void expect_robots_first_and_once(const Simweb& web, std::size_t hosts) {
  for (const auto& [host, requests] : by_host(web.requests(2 * hosts), hosts)) {
    EXPECT_TRUE(requests.front().asks_robots()) << host;
    EXPECT_EQ(requests.size() - pages_of(requests).size(), 1U) << "requests for the robots.txt of " << host;
  }
}

/// Each of so many hosts at least is asked for so many pages at least, and none too soon after the one before it.
void expect_delay(const Simweb& web, std::int64_t least_ms, std::size_t hosts, std::size_t least_pages) {
  for (const auto& [host, requests] : by_host(web.requests(hosts * (1 + least_pages)), hosts)) {
    const Requests pages = pages_of(requests);
    EXPECT_GE(pages.size(), least_pages) << host;
    expect_gaps(pages, least_ms);
  }
}

TEST(Politeness, AsksForRobotsOnceAndKeepsTheDelay) {
  const Simweb web({"--profile", "clean", "--pages", "8", "--links", "20", "--external", "0"});
  Daemon daemon(crawl_config(web.http(), {{"politeness.delay", "0.1"}}));
  daemon.start();
  daemon.add(site_names(40), {"--follow", "--depth", "1"});
  daemon.wait_until_done();
  expect_robots_first_and_once(web, 40);
  expect_delay(web, 100, 40, 5);
}

TEST(Politeness, HoldsAcrossCrawlsOfTheSameHosts) {
  const Simweb web({"--profile", "clean", "--pages", "6", "--links", "20", "--external", "0"});
  Daemon daemon(crawl_config(web.http(), {{"politeness.delay", "0.1"}}));
  daemon.start();
  daemon.add(site_names(20), {"--crawl", "one", "--follow", "--depth", "1"});
  daemon.add(site_names(20), {"--crawl", "two", "--follow", "--depth", "1"});
  daemon.wait_until_done();
  expect_robots_first_and_once(web, 20);
  expect_delay(web, 100, 20, 8);
  EXPECT_EQ(daemon.urls("one"), daemon.urls("two"));
}

TEST(Politeness, TheDelayOfACrawlBeatsTheConfiguration) {
  const Simweb web({"--profile", "clean", "--pages", "4", "--links", "20", "--external", "0"});
  Daemon daemon(crawl_config(web.http(), {{"politeness.delay", "0"}}));
  daemon.start();
  daemon.add(site_names(10), {"--follow", "--depth", "1", "--delay", "0.3"});
  daemon.wait_until_done();
  expect_delay(web, 300, 10, 3);
}

TEST(Politeness, HonoursCrawlDelay) {
  const Simweb web({"--profile", "clean", "--mix", "robots_crawl_delay=100", "--crawl-delay", "0.4", "--pages", "4",
                    "--links", "20", "--external", "0"});
  Daemon daemon(crawl_config(web.http()));
  daemon.start();
  daemon.add(site_names(10), {"--follow", "--depth", "1"});
  daemon.wait_until_done();
  expect_delay(web, 400, 10, 2);
  for (const auto& [target, count] : count_targets(web.requests(10 * 3)))
    EXPECT_EQ(target.find("/private/"), std::string::npos) << target;
}

TEST(Politeness, CutsALongCrawlDelay) {
  const Simweb web({"--profile", "clean", "--mix", "robots_crawl_delay=100", "--crawl-delay", "300", "--pages", "4",
                    "--links", "20", "--external", "0"});
  Daemon daemon(crawl_config(web.http(), {{"politeness.max_crawl_delay", "0.2"}}));
  daemon.start();
  daemon.add(site_names(5), {"--follow", "--depth", "1"});
  daemon.wait_until_done();
  expect_delay(web, 200, 5, 2);
}

TEST(Politeness, AnswersOfARobotsFileOutliveTheDaemon) {
  const Simweb web({"--profile", "clean"});
  Daemon daemon(crawl_config(web.http()));
  daemon.start();
  daemon.add(site_names(10));
  daemon.wait_until_done();
  EXPECT_EQ(daemon.stop(), 0);
  daemon.start();
  daemon.add(site_names(10), {"--crawl", "again"});
  daemon.wait_until_done();
  expect_robots_first_and_once(web, 10);
  for (const auto& [host, requests] : by_host(web.requests(30), 10)) EXPECT_EQ(requests.size(), 3U) << host;
}

TEST(Politeness, NothingIsAskedThatRobotsForbid) {
  const Simweb web({"--profile", "links", "--mix", "robots_disallow_some=50,robots_disallow_all=30"});
  Daemon daemon(crawl_config(web.http(), {{"politeness.delay", "0"}}));
  daemon.start();
  daemon.add(site_names(20), {"--follow", "--depth", "2"});
  daemon.wait_until_done();
  std::map<std::string, std::string> plans;
  std::size_t forbidden = 0;
  for (const LoggedRequest& request : web.requests(20 * 2)) {
    if (request.asks_robots()) continue;
    std::string& plan = plans[request.host];
    if (plan.empty()) plan = web.plan(request.host);
    EXPECT_EQ(plan.find("robots_disallow_all"), std::string::npos) << request.host << request.target;
    if (plan.find("robots_disallow_some") == std::string::npos) continue;
    ++forbidden;
    EXPECT_FALSE(request.target.starts_with("/private/")) << request.host << request.target;
  }
  EXPECT_GT(forbidden, 0U) << "no site with rules was met";
}

TEST(Politeness, KeepsAddressesApart) {
  const Simweb web({"--profile", "clean", "--addresses", "3"}, {"--listen", "0.0.0.0:0"});
  Daemon daemon(crawl_config("", {{"fetch.nameservers", "[\"" + web.dns() + "\"]"},
                                  {"fetch.allow_private", "true"},
                                  {"politeness.delay", "0"},
                                  {"politeness.per_ip_delay", "0.2"}}));
  daemon.start();
  daemon.add(site_names(18, std::to_string(web.http_port())));
  daemon.wait_until_done();
  std::map<std::string, std::string> address_of;  // of a Host header
  for (const auto& [url, row] : daemon.results()) address_of[url.substr(7, url.find('/', 7) - 7)] = row.at("remote_ip");
  std::map<std::string, Requests> by_address;
  for (const LoggedRequest& request : web.requests(18 * 2)) {
    const std::string host = request.host.find(':') == std::string::npos
                                 ? request.host + ":" + std::to_string(web.http_port())
                                 : request.host;
    ASSERT_TRUE(address_of.contains(host)) << host;
    by_address[address_of.at(host)].push_back(request);
  }
  EXPECT_EQ(by_address.size(), 3U);
  // Pacing goes from start to start, so that what delays a request shortens the gap behind it, but not the sum of gaps.
  for (const auto& [address, requests] : by_address) {
    expect_gaps(requests, 100);
    const auto gaps = static_cast<std::int64_t>(requests.size()) - 1;
    EXPECT_GE(requests.back().mono_us - requests.front().mono_us, (gaps * 200 - 100) * 1000) << address;
  }
}

}  // namespace
}  // namespace wswp::test
