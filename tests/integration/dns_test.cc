// Crawling by names that simweb's DNS resolves to loopback addresses.

#include <string>

#include <gtest/gtest.h>

#include "integration/site_names.h"
#include "support/daemon.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

Config dns_config(const Simweb& web, const Config& changes = {}) {
  Config config = changes;
  config.emplace("fetch.nameservers", "[\"" + web.dns() + "\"]");
  config.emplace("fetch.retries", "1");
  config.emplace("fetch.max_body", "\"1 MiB\"");
  return crawl_config("", config);
}

TEST(Dns, FindsWhatAPerfectCrawlerFinds) {
  const Simweb web({"--profile", "web", "--mix",
                    "dns_nxdomain=8,dns_servfail=4,dns_silent=2,dns_truncated=6,dns_wrong_id=2,dns_wrong_name=4,"
                    "dns_truncated_closed=3,dns_empty=3"},
                   {"--listen", "0.0.0.0:0"});
  Daemon daemon(dns_config(web, {{"fetch.allow_private", "true"}}));
  daemon.start();
  const std::string port = std::to_string(web.http_port());
  std::string list = site_names(250, port);
  // Among them, sites whose robots.txt redirects to a name that does not resolve.
  for (const char* name : {"r10", "r701", "r1050", "r1193", "r1206", "r1577", "r1700", "r1933"})
    list += std::string("http://") + name + ".test:" + port + "/\n";
  daemon.add(list);
  daemon.wait_until_done();
  expect_equal_rows(
      daemon.results(), web.expect(list, {"--via-dns", "--timeout", "1.5", "--retries", "1", "--max-body", "1048576"}),
      {.columns = {"outcome", "status", "error", "redirect_to", "truncated", "depth"},
       .columns_of_fetched = {"encoding", "title", "bytes"},
       .explain = [&web](const std::string& url) { return web.plan(url.substr(7, url.find_first_of(":/", 7) - 7)); }});
}

TEST(Dns, PrivateAddressesAreRefused) {
  const Simweb web({"--profile", "clean"}, {"--listen", "0.0.0.0:0"});
  Daemon daemon(dns_config(web));
  daemon.start();
  const std::string port = std::to_string(web.http_port());
  daemon.add(site_names(30, port) + "http://127.0.0.1:" + port + "/\nhttp://[::1]:" + port +
             "/\nhttp://0x7f.1:" + port + "/a\n");
  daemon.wait_until_done();
  const auto results = daemon.results();
  EXPECT_EQ(results.size(), 33U);
  for (const auto& [url, row] : results) {
    EXPECT_EQ(row.at("outcome"), "failed") << url;
    EXPECT_EQ(row.at("error"), "private_address") << url;
  }
  EXPECT_EQ(web.request_count(), 0U);
  EXPECT_LE(web.statistics().at("connections"), 2) << "besides those of this test";
}

TEST(Dns, LocalhostIsRefusedWhateverNamesIt) {
  const Simweb web({"--profile", "clean"});
  Daemon daemon(crawl_config(""));
  daemon.start();
  daemon.add("http://localhost:" + std::to_string(web.http_port()) + "/\n");
  daemon.wait_until_done();
  EXPECT_EQ(daemon.results().begin()->second.at("error"), "private_address");
  EXPECT_EQ(web.request_count(), 0U);
}

}  // namespace
}  // namespace wswp::test
