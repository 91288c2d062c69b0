// Certificates are verified unless the configuration says otherwise. The authority of these tests is known to nobody;
// unit/net/tls_test.cc has the cases where it is.

#include <string>

#include <gtest/gtest.h>

#include "support/daemon.h"
#include "support/tls_server.h"

namespace wswp::test {
namespace {

const std::string kSites = "https://good.test/\nhttps://expired.test/\nhttps://self.test/\nhttps://good.other.test/\n";

TEST(Tls, IsVerified) {
  const TlsServer server;
  Daemon daemon(crawl_config(server.authority()));
  daemon.start();
  daemon.add(kSites);
  daemon.wait_until_done();
  const auto results = daemon.results();
  EXPECT_EQ(results.size(), 4U);
  for (const auto& [url, row] : results) {
    EXPECT_EQ(row.at("outcome") + " " + row.at("error"), "failed tls") << url;
    EXPECT_EQ(row.at("attempts"), "1") << url;
  }
  EXPECT_EQ(server.requests(), "") << "nothing is sent";
}

TEST(Tls, IsNotVerifiedOnDemand) {
  const TlsServer server;
  Daemon daemon(crawl_config(server.authority(), {{"fetch.verify_tls", "false"}}));
  daemon.start();
  daemon.add(kSites);
  daemon.wait_until_done();
  for (const auto& [url, row] : daemon.results()) {
    EXPECT_EQ(row.at("outcome"), "fetched") << url;
    EXPECT_EQ(row.at("title"), "behind TLS") << url;
  }
}

}  // namespace
}  // namespace wswp::test
