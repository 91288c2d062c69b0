// The loop's way from a name to a connection: name servers, connect_to, the address policy, pacing.

#include <cstdint>
#include <string>
#include <vector>

#include "net/address_table.h"
#include "net/fetch_loop.h"
#include "unit/net/dns_server.h"
#include "unit/net/fetch_fixture.h"
#include "unit/net/raw_server.h"

namespace wswp::net {
namespace {

using V4 = std::array<std::uint8_t, 4>;
constexpr V4 kLoopback{127, 0, 0, 1};

class NameTest : public FetchTest {
 protected:
  NameTest() {
    options.dns_timeout_ms = 50;
    options.dns_tries = 2;
  }
  static std::string url(const RawServer& server, const std::string& host) {
    return "http://" + host + ":" + std::to_string(server.port()) + "/";
  }
};

TEST_F(NameTest, NamesAreLookedUpOnceForTheirTimeToLive) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{kLoopback}}; });
  const RawServer server(always(ok_response("x")));
  options.nameservers = {dns.authority()};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(fetch(url(server, "a.example"), true).error, "");
  EXPECT_EQ(fetch(url(server, "b.example"), true).remote_ip, "127.0.0.1");
  EXPECT_EQ(dns.queries("a.example"), 1);
  EXPECT_EQ(dns.queries("b.example"), 1);
}

// Request::again is a hint: where it is wrong, the address is told after all, and the policy is asked as ever.
TEST_F(NameTest, AgainWhereNoConnectionIsOpen) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{kLoopback}}; });
  const RawServer server(always(ok_response("x")));
  options.nameservers = {dns.authority()};
  for (const std::string host : {"a.example", "b.example", "a.example"}) {
    Keeper got;
    loop().start({.url = url(server, host), .last = true, .again = true}, got);
    run();
    EXPECT_EQ(got.error, "") << host;
    EXPECT_EQ(got.body, "x") << host;
  }
}

TEST_F(NameTest, AgainIsNoWayPastThePolicy) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{kLoopback}}; });
  const RawServer server(always(ok_response("x")));
  options.nameservers = {dns.authority()};
  options.allow_private = false;
  Keeper got;
  loop().start({.url = url(server, "a.example"), .last = true, .again = true}, got);
  run();
  EXPECT_EQ(got.error, "private_address");
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(NameTest, TheHostHeaderIsTheName) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{kLoopback}}; });
  const RawServer server([](const Peer& peer) { peer.send(ok_response(peer.read_head())); });
  options.nameservers = {dns.authority()};
  const std::string body = fetch(url(server, "a.example"), true).body;
  EXPECT_NE(body.find("Host: a.example:" + std::to_string(server.port()) + "\r\n"), std::string::npos) << body;
}

TEST_F(NameTest, NoSuchNameIsADnsErrorAndRemembered) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{}, 300, 3}; });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(fetch("http://no.example/").error, "dns");
  EXPECT_EQ(fetch("http://no.example/").error, "dns");
  EXPECT_EQ(dns.queries("no.example"), 1);
}

TEST_F(NameTest, ANameWithoutAddressIsADnsError) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{}; });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(fetch("http://empty.example/").error, "dns");
}

TEST_F(NameTest, AFailingServerIsADnsErrorAfterTheTries) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{}, 300, 2}; });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(fetch("http://fail.example/").error, "dns");
  EXPECT_GE(dns.queries("fail.example"), 1);
}

TEST_F(NameTest, AFailingServerIsHelpedOutByTheNext) {
  const DnsServer broken([](const std::string&) { return DnsAnswer{{}, 300, 2}; });
  const DnsServer dns([](const std::string&) { return DnsAnswer{{kLoopback}}; });
  const RawServer server(always(ok_response("x")));
  options.nameservers = {broken.authority(), dns.authority()};
  EXPECT_EQ(fetch(url(server, "a.example")).error, "");
  EXPECT_EQ(broken.queries("a.example"), 1);
}

TEST_F(NameTest, ASilentServerIsADnsErrorAfterTheTries) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{}, 300, 0, true}; });
  options.nameservers = {dns.authority()};
  const Keeper got = fetch("http://silent.example/");
  EXPECT_EQ(got.error, "dns");
  EXPECT_EQ(dns.queries("silent.example"), 2);
  EXPECT_GE(got.elapsed_ms, 100);  // 50 + 100 ms, less c-ares's rounding
}

TEST_F(NameTest, TheTransfersTimeoutCoversTheName) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{}, 300, 0, true}; });
  options.nameservers = {dns.authority()};
  options.dns_timeout_ms = 60'000;
  options.timeout_ms = 100;
  EXPECT_EQ(fetch("http://silent.example/").error, "dns");
}

TEST_F(NameTest, ADeadNameServerIsNoErrorOfTheUrl) {
  DnsServer dns([](const std::string&) { return DnsAnswer{{kLoopback}}; });
  const RawServer server(always(ok_response("x")));
  dns.dead = true;
  options.nameservers = {dns.authority()};
  const Keeper got = fetch(url(server, "a.example"));
  EXPECT_EQ(got.error, "local");
  EXPECT_EQ(got.obstacle, "no_name_server");
  EXPECT_EQ(loop().obstacle(), Obstacle::kNoNameServer);
  dns.dead = false;
  while (loop().obstacle() != Obstacle::kNone) loop().run_once(100);
  EXPECT_EQ(fetch(url(server, "a.example")).body, "x");
}

TEST_F(NameTest, ADeadNameServerIsNoErrorWhereTheTransfersTimeoutComesFirst) {
  DnsServer dns([](const std::string&) { return DnsAnswer{{kLoopback}}; });
  dns.dead = true;
  options.nameservers = {dns.authority()};
  options.timeout_ms = 10;
  const Keeper got = fetch("http://a.example/");
  EXPECT_EQ(got.error, "local");
  EXPECT_EQ(got.obstacle, "no_name_server");
}

TEST_F(NameTest, ManyNamesAtOnceThroughFewQueries) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{kLoopback}}; });
  const RawServer server(always(ok_response("x")));
  options.nameservers = {dns.authority()};
  options.dns_timeout_ms = 2'000;
  options.max_dns_queries = 7;
  options.max_dns_names = 10;
  std::vector<Keeper> keepers(100);
  for (std::size_t i = 0; i < keepers.size(); ++i) {
    loop().start({url(server, "n" + std::to_string(i / 2) + ".example"), true}, keepers[i]);
  }
  run();
  for (const Keeper& keeper : keepers) EXPECT_EQ(keeper.body, "x") << keeper.error;
  for (int i = 0; i < 50; ++i) EXPECT_EQ(dns.queries("n" + std::to_string(i) + ".example"), 1);
}

TEST_F(NameTest, AddressesAreTriedInTurn) {
  // Nothing listens on 127.0.0.9 at the server's port.
  const DnsServer dns([](const std::string&) { return DnsAnswer{{V4{127, 0, 0, 9}, kLoopback}}; });
  const RawServer server(always(ok_response("x")));
  options.nameservers = {dns.authority()};
  const Keeper got = fetch(url(server, "two.example"));
  EXPECT_EQ(got.error, "");
  EXPECT_EQ(got.remote_ip, "127.0.0.1");
}

/// A listener on ::1 whose queue is full: whoever connects hears nothing.
class DeafServer {
 public:
  explicit DeafServer(std::uint16_t port) : listener_(socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    address.sin6_port = htons(port);
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    is_there_ = bind(listener_.get(), generic, sizeof(address)) == 0 && listen(listener_.get(), 0) == 0;
    for (FileDescriptor& client : clients_) {
      client = FileDescriptor(socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
      static_cast<void>(connect(client.get(), generic, sizeof(address)));
    }
  }
  bool is_there() const { return is_there_; }

 private:
  FileDescriptor listener_;
  std::array<FileDescriptor, 4> clients_;
  bool is_there_ = false;
};

class TwoFamiliesTest : public NameTest {
 protected:
  static std::vector<std::string> loopback(const DnsQuery& query) {
    const std::array<std::uint8_t, 16> v6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return {reply_to(query, {query.type == kTypeA ? a_record(query.name, kLoopback) : aaaa_record(query.name, v6)})
                .bytes()};
  }
  TwoFamiliesTest() {
    options.ipv6 = true;
    options.dns_timeout_ms = 10'000;
    options.connect_timeout_ms = 15'000;
    options.nameservers = {dns.authority()};
  }
  const DnsServer dns{loopback};
};

TEST_F(TwoFamiliesTest, WhereNobodyListensOnIpv6Ipv4IsTaken) {
  const RawServer server(always(ok_response("x")));
  EXPECT_EQ(fetch(url(server, "both.example")).remote_ip, "127.0.0.1");
}

TEST_F(TwoFamiliesTest, WhereIpv6IsSilentIpv4IsTakenSoon) {
  const RawServer server(always(ok_response("x")));
  const DeafServer deaf(server.port());
  if (!deaf.is_there()) GTEST_SKIP() << "no IPv6 on this machine";
  const Keeper got = fetch(url(server, "both.example"));
  EXPECT_EQ(got.remote_ip, "127.0.0.1");
  EXPECT_LT(got.elapsed_ms, options.connect_timeout_ms / 2) << "the other family is not waited for (RFC 8305)";
}

TEST_F(TwoFamiliesTest, AFamilyIsNotAskedForWithoutItsInternet) {
  const RawServer server(always(ok_response("x")));
  options.ipv6 = false;
  EXPECT_EQ(fetch(url(server, "both.example")).remote_ip, "127.0.0.1");
  EXPECT_EQ(dns.queries("both.example", kTypeAaaa), 0);
}

TEST_F(NameTest, ATrailingDotIsPartOfTheName) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{kLoopback}}; });
  const RawServer server(always(ok_response("x")));
  options.nameservers = {dns.authority()};
  EXPECT_EQ(fetch(url(server, "a.example."), true).error, "");
  EXPECT_EQ(fetch(url(server, "a.example."), true).error, "");
}

TEST_F(NameTest, APrivateLiteralIsRefused) {
  const RawServer server(always(ok_response("x")));
  options.allow_private = false;
  EXPECT_EQ(fetch(server.url()).error, "private_address");
  EXPECT_EQ(fetch("http://[::1]/").error, "private_address");
  EXPECT_EQ(fetch("https://192.168.1.1/").error, "private_address");
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(NameTest, ANameWithAPrivateAddressIsRefused) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{kLoopback, V4{10, 0, 0, 1}}}; });
  const RawServer server(always(ok_response("x")));
  options.nameservers = {dns.authority()};
  options.allow_private = false;
  EXPECT_EQ(fetch(url(server, "inside.example")).error, "private_address");
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(NameTest, AHostThatOnlyCurlSeesIsNotReached) {
  // Not a canonical URL: its host is outside.example for us, and what stands behind the @ for curl.
  const DnsServer dns([](const std::string&) { return DnsAnswer{{V4{8, 8, 8, 8}}}; });
  const RawServer server(always(ok_response("x")));
  options.nameservers = {dns.authority()};
  options.allow_private = false;
  for (const std::string host : {"127.0.0.1", "localhost"}) {
    EXPECT_NE(fetch("http://outside.example\\@" + host + ":" + std::to_string(server.port()) + "/").error, "");
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(NameTest, NameServersAreTakenInEveryWriting) {
  options.nameservers = {"127.0.0.1:5353", "192.0.2.1", "[::1]:53", "2001:db8::1"};
  EXPECT_EQ(loop().in_flight(), 0U);
}

TEST_F(NameTest, ConnectToTakesEveryConnection) {
  const RawServer server([](const Peer& peer) { peer.send(ok_response(peer.read_head())); });
  options.allow_private = false;
  options.connect_to = server.authority();
  for (const std::string host : {"a.example", "b.example:8080", "192.168.1.1", "[2001:db8::1]", "a.example."}) {
    const Keeper got = fetch("http://" + host + "/", true);
    EXPECT_EQ(got.error, "") << host;
    EXPECT_EQ(got.remote_ip, "127.0.0.1");
    EXPECT_NE(got.body.find("Host: " + host + "\r\n"), std::string::npos) << got.body;
  }
}

TEST_F(NameTest, ConnectToMayBeAName) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{kLoopback}}; });
  const RawServer server(always(ok_response("x")));
  options.nameservers = {dns.authority()};
  options.connect_to = "target.example:" + std::to_string(server.port());
  EXPECT_EQ(fetch("http://a.example/").error, "");
  EXPECT_EQ(fetch("http://b.example/").error, "");
  EXPECT_EQ(dns.queries("target.example"), 1);
  EXPECT_EQ(dns.queries("a.example"), 0);
}

TEST_F(NameTest, AConnectionIsKeptPerNameWithConnectTo) {
  const RawServer server(always(ok_response("x")));
  options.connect_to = server.authority();
  for (int i = 0; i < 2; ++i) {
    fetch("http://a.example/");
    fetch("http://b.example/");
  }
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(NameTest, AProxyIsAskedForTheNameUnresolved) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{}; });
  const RawServer proxy([](const Peer& peer) { peer.send(ok_response(peer.read_head())); });
  options.nameservers = {dns.authority()};
  options.allow_private = false;
  options.proxies = {"http://" + proxy.authority()};
  const Keeper got = fetch("http://a.example/page", true);
  EXPECT_EQ(got.error, "");
  EXPECT_TRUE(got.body.starts_with("GET http://a.example/page HTTP/1.1\r\n")) << got.body;
  EXPECT_EQ(dns.queries("a.example"), 0);
}

TEST_F(NameTest, AProxyMayHaveAName) {
  const DnsServer dns([](const std::string&) { return DnsAnswer{{kLoopback}}; });
  const RawServer proxy(always(ok_response("x")));
  options.nameservers = {dns.authority()};
  options.proxies = {"http://proxy.example:" + std::to_string(proxy.port())};
  EXPECT_EQ(fetch("http://a.example/").error, "");
  EXPECT_EQ(dns.queries("proxy.example"), 1);
}

TEST_F(NameTest, AProxyThatIsNotThereOrSaysNoIsAProxyError) {
  std::string nobody;
  {
    const RawServer gone(once(""));
    nobody = gone.authority();
  }
  options.proxies = {"http://" + nobody};
  EXPECT_EQ(fetch("http://a.example/").error, "proxy");
}

TEST_F(NameTest, AProxyThatRefusesTheTunnelIsAProxyError) {
  const RawServer proxy(once("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
  options.proxies = {"http://" + proxy.authority()};
  const Keeper got = fetch("https://a.example/");
  EXPECT_EQ(got.error, "proxy");
  EXPECT_EQ(got.heads, 0);
}

TEST_F(NameTest, SocksProxiesResolveTheName) {
  std::string asked;
  {
    const RawServer proxy([&asked](const Peer& peer) {
      const std::string greeting = peer.read(2);  // RFC 1928 section 3: version, number of methods; the methods
      peer.read(static_cast<std::size_t>(greeting[1]));
      peer.send({"\x05\x00", 2});  // no authentication
      asked = peer.read(5);        // section 4: version, CONNECT, 0, address type, length of the name
      asked += peer.read(static_cast<std::size_t>(asked[4]));
    });
    options.proxies = {"socks5://" + proxy.authority()};
    EXPECT_NE(fetch("http://a.example/").error, "");
  }
  EXPECT_EQ(asked.substr(3),
            "\x03\x09"
            "a.example");
}

TEST_F(NameTest, RequestsToOneAddressArePaced) {
  const RawServer server(always(ok_response("x")));
  options.connect_to = server.authority();
  options.per_ip_delay_ms = 60;
  std::vector<Keeper> keepers(3);
  const MonoMs begin = clock.mono_ms();
  for (std::size_t i = 0; i < keepers.size(); ++i) {
    loop().start({"http://n" + std::to_string(i) + ".example/"}, keepers[i]);
  }
  run();
  EXPECT_GE(clock.mono_ms() - begin, 120);
  for (const Keeper& keeper : keepers) {
    EXPECT_EQ(keeper.error, "");
    EXPECT_LT(keeper.elapsed_ms, 60);  // the wait is not counted
  }
}

}  // namespace
}  // namespace wswp::net
