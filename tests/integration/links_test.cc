// Following links: all of them, each once, no deeper and no further than the crawl allows, and nothing that is none.

#include <string>

#include <gtest/gtest.h>

#include "support/daemon.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

const std::string kSiteList =
    "one.test\ntwo.example.test\nthree.example.co.uk\nfour.example.org\nfive.test\n"
    "http://six.test/a/b/10.html\n";

Config quick_config(const Simweb& web) {
  return crawl_config(web.http(), {{"politeness.delay", "0"}});
}

void expect_each_once_and_no_trap(const Simweb& web, std::size_t urls) {
  for (const auto& [target, count] : count_targets(web.requests(urls))) {
    EXPECT_EQ(count, 1) << target;
    EXPECT_EQ(target.find(" /not/"), std::string::npos) << target << " is no link";
  }
}

TEST(Links, AreFoundAndFollowedToTheDepth) {
  const Simweb web({"--profile", "links", "--external", "0"});
  Daemon daemon(quick_config(web));
  daemon.start();
  daemon.add(kSiteList, {"--follow", "--depth", "2"});
  daemon.wait_until_done();
  const auto expected = web.expect(kSiteList, {"--follow", "--depth", "2", "--same-site"});
  EXPECT_GT(expected.size(), 300U);
  expect_equal_rows(daemon.results(), expected,
                    {.columns = {"outcome", "status", "depth"}, .columns_of_fetched = {"title", "bytes", "encoding"}});
  expect_each_once_and_no_trap(web, expected.size());
}

TEST(Links, LeadNoFurtherThanTheSite) {
  const Simweb web({"--profile", "links", "--external", "30", "--pages", "30"});
  Daemon daemon(quick_config(web));
  daemon.start();
  daemon.add(kSiteList, {"--follow", "--depth", "50"});
  daemon.wait_until_done();
  const auto expected = web.expect(kSiteList, {"--follow", "--depth", "50", "--same-site"});
  expect_equal_rows(daemon.results(), expected, {.columns = {"outcome", "status"}, .columns_of_fetched = {"title"}});
  const auto hosts = by_host(web.requests(expected.size()), 6);
  EXPECT_TRUE(hosts.contains("blog.one.test") || hosts.contains("blog.two.example.test"))
      << "subdomains belong to the site";
  for (const auto& [host, requests] : hosts) EXPECT_EQ(host.find("neighbour"), std::string::npos) << host;
  expect_each_once_and_no_trap(web, expected.size());
}

TEST(Links, LeadToOtherSitesWhereAllowed) {
  const Simweb web({"--profile", "links", "--external", "30", "--pages", "10"});
  Daemon daemon(quick_config(web));
  daemon.start();
  daemon.add("one.test\ntwo.test\n", {"--follow", "--depth", "1", "--any-site"});
  daemon.wait_until_done();
  const auto expected = web.expect("one.test\ntwo.test\n", {"--follow", "--depth", "1", "--any-site"});
  expect_equal_rows(daemon.results(), expected,
                    {.columns = {"outcome", "status", "depth"}, .columns_of_fetched = {"title"}});
}

TEST(Links, MatchingTheRegexAlone) {
  const Simweb web({"--profile", "links", "--external", "0"});
  Daemon daemon(quick_config(web));
  daemon.start();
  daemon.add("one.test\n", {"--link-regex", "/p/[0-9]+$", "--depth", "3"});
  daemon.wait_until_done();
  const auto results = daemon.results();
  EXPECT_GT(results.size(), 5U);
  for (const auto& [url, row] : results)
    EXPECT_TRUE(url == "http://one.test/" || url.starts_with("http://one.test/p/")) << url;
}

TEST(Links, OfHeadersAreFollowedAndThoseOfOneThatForbidsItAreNot) {
  const Simweb web({"--profile", "clean", "--links", "5", "--pages", "10", "--external", "0"});
  Daemon daemon(quick_config(web));
  daemon.start();
  const std::string list =
      "hints-link.simweb.test\nhints-link.markup-base.simweb.test\nhints-link.page-pdf.simweb.test\n"
      "hints-refresh.simweb.test\nhints-refresh.page-empty.simweb.test\n"
      "hints-nofollow.simweb.test\nhints-nofollow-other.simweb.test\n";
  daemon.add(list, {"--follow", "--depth", "3"});
  daemon.wait_until_done();
  const auto expected = web.expect(list, {"--follow", "--depth", "3", "--same-site"});
  const auto results = daemon.results();
  expect_equal_rows(results, expected, {.columns = {"outcome", "status", "depth"}, .columns_of_fetched = {"title"}});
  EXPECT_TRUE(results.contains("http://hints-link.markup-base.simweb.test/hinted/2")) << "<base> is not for headers";
  EXPECT_TRUE(results.contains("http://hints-refresh.page-empty.simweb.test/hinted/3"));
  std::map<std::string, int> pages;
  for (const auto& [url, row] : results) ++pages[url.substr(0, url.find('/', 8))];
  EXPECT_EQ(pages["http://hints-nofollow.simweb.test"], 1);
  EXPECT_GT(pages["http://hints-nofollow-other.simweb.test"], 5);
  expect_each_once_and_no_trap(web, expected.size());
}

}  // namespace
}  // namespace wswp::test
