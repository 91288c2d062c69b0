// A TLS handshake that ends before it is over: an end of the connection may pass, a refusal does not (RFC 8446 6).

#include <string>

#include "unit/net/fetch_fixture.h"
#include "unit/net/raw_server.h"

namespace wswp::net {
namespace {

/// The first bytes of a ServerHello of 122 bytes (RFC 8446 4.1.3, 5.1).
const std::string kHalfServerHello("\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03half", 15);
/// A fatal alert, handshake_failure (RFC 8446 6.2).
const std::string kAlert("\x15\x03\x03\x00\x02\x02\x28", 7);

/// Reads what the client says first, sends these bytes and ends the connection.
RawServer::Script after_client_hello(const std::string& bytes, bool reset) {
  return [=](const Peer& peer) {
    const std::string start = peer.read(5);
    if (start.size() < 5) return;
    peer.read(static_cast<unsigned char>(start[3]) * 256U + static_cast<unsigned char>(start[4]));
    peer.send(bytes);
    if (reset) peer.reset_at_end();
  };
}

TEST_F(FetchTest, AConnectionThatEndsInTheHandshakeIsAReset) {
  for (const std::string& bytes : {std::string(), kHalfServerHello, kHalfServerHello.substr(0, 3)}) {
    for (const bool reset : {false, true}) {
      const RawServer server(after_client_hello(bytes, reset));
      const Keeper got = fetch("https://" + server.authority() + "/");
      EXPECT_EQ(got.error, "reset") << bytes.size() << (reset ? " RST" : " FIN");
      EXPECT_EQ(server.connections(), 1);
    }
  }
}

TEST_F(FetchTest, AConnectionThatEndsBeforeTheHandshakeIsAReset) {
  const RawServer closing([](const Peer&) {});
  EXPECT_EQ(fetch("https://" + closing.authority() + "/").error, "reset");
  const RawServer resetting([](const Peer& peer) { peer.reset_at_end(); });
  EXPECT_EQ(fetch("https://" + resetting.authority() + "/").error, "reset");
}

TEST_F(FetchTest, ARefusalInTheHandshakeIsATlsError) {
  for (const std::string& bytes : {kAlert, std::string("HTTP/1.1 400 Bad Request\r\n\r\n"), std::string(100, 'x')}) {
    const RawServer server(after_client_hello(bytes, false));
    EXPECT_EQ(fetch("https://" + server.authority() + "/").error, "tls") << bytes;
  }
}

}  // namespace
}  // namespace wswp::net
