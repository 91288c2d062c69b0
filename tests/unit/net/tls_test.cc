// Which certificates are accepted (RFC 9110 4.3.4, RFC 9525).

#include <gtest/gtest.h>

#include <string>

#include "support/tls_server.h"
#include "unit/net/fetch_fixture.h"

namespace wswp::net {
namespace {

class TlsTest : public FetchTest {
 protected:
  TlsTest() {
    options.connect_to = server_.authority();
    options.ca_file = test::TlsServer::ca_file();
  }
  test::TlsServer server_;
};

TEST_F(TlsTest, OnlyAValidCertificateForTheNameIsAccepted) {
  const Keeper good = fetch("https://good.test/a");
  EXPECT_EQ(good.error, "");
  EXPECT_EQ(good.body, "<title>behind TLS</title>");
  for (const char* host :
       {"expired.test", "early.test", "self.test", "good.other-domain.test", "other.good.test", "127.0.0.1"})
    EXPECT_EQ(fetch("https://" + std::string(host) + "/").error, "tls") << host;
  EXPECT_EQ(server_.requests(), "good.test /a\n") << "nothing is sent to the others";
}

TEST_F(TlsTest, AnUnknownAuthorityIsRefused) {
  options.ca_file.clear();
  EXPECT_EQ(fetch("https://good.test/").error, "tls");
}

TEST_F(TlsTest, AnythingIsAcceptedWhereNothingIsVerified) {
  options.verify_tls = false;
  for (const char* host : {"good.test", "expired.test", "self.test", "good.other-domain.test"})
    EXPECT_EQ(fetch("https://" + std::string(host) + "/").error, "") << host;
}

}  // namespace
}  // namespace wswp::net
