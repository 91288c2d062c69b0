// HTTP/2 servers that leave a request unanswered, as a crawl sees them. unit/net/http2_test.cc has each transfer's end.

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/daemon.h"
#include "support/tls_server.h"

namespace wswp::test {
namespace {

const Config kPatient{{"fetch.verify_tls", "false"}, {"fetch.retries", "1"}, {"politeness.delay", "0"}};

/// What the results have of each host's page, as "outcome error attempts version".
std::map<std::string, std::string> crawl(const TlsServer& server, const std::vector<std::string>& labels) {
  Daemon daemon(crawl_config(server.authority(), kPatient));
  daemon.start();
  std::string list;
  for (const std::string& label : labels) list += "https://" + label + ".test/\n";
  daemon.add(list);
  daemon.wait_until_done();
  std::map<std::string, std::string> found;
  for (const auto& [url, row] : daemon.results()) {
    found[url.substr(8, url.find(".test") - 8)] =
        row.at("outcome") + " " + row.at("error") + " " + row.at("attempts") + " " + row.at("http_version");
  }
  return found;
}

TEST(Http2, WhatAServerDidNotProcessIsAskedForOnceMore_RFC9113_8_7) {
  const TlsServer server("h2_server.py");
  const auto found = crawl(server, {"ok", "refused", "away", "away-calm", "away-late", "hangs-up"});
  EXPECT_EQ(found.size(), 6U);
  for (const auto& [label, row] : found) {
    EXPECT_TRUE(row.starts_with("fetched  1 ")) << label << ": " << row;
  }
}

TEST(Http2, AServerThatWantsHttp11GetsIt) {
  const TlsServer server("h2_server.py");
  const auto found = crawl(server, {"http11", "away11"});
  EXPECT_EQ(found, (std::map<std::string, std::string>{{"http11", "fetched  1 1.1"}, {"away11", "fetched  1 1.1"}}));
}

TEST(Http2, WhatMayPassIsTriedAgain) {
  const TlsServer server("h2_server.py");
  const auto found = crawl(server, {"calm", "cancel", "internal"});
  EXPECT_EQ(found.size(), 3U);
  for (const auto& [label, row] : found) EXPECT_EQ(row, "fetched  2 2") << label;
}

}  // namespace
}  // namespace wswp::test
