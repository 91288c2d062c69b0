// One transfer at a time against a server that misbehaves in one way: what the handler is told.

#include "net/fetch_loop.h"

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "unit/net/fetch_fixture.h"
#include "unit/net/raw_server.h"

namespace wswp::net {
namespace {

// gzip of "hello hello hello hello\n".
const std::string kGzip(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\x57\xc8\x40\x27\xb9\x00\x00\x88\x59\x0b\x18\x00\x00"
    "\x00",
    29);

std::string encoded(std::string_view encoding, std::string_view body) {
  return "HTTP/1.1 200 OK\r\nContent-Encoding: " + std::string(encoding) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

TEST_F(FetchTest, TellsOfAPlainResponse) {
  const RawServer server(always(ok_response("hello")));
  const Keeper got = fetch(server.url());
  EXPECT_EQ(got.error, "");
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.heads, 1);
  EXPECT_EQ(got.body, "hello");
  EXPECT_EQ(got.bytes, 5);
  EXPECT_FALSE(got.truncated);
  EXPECT_EQ(got.content_type, "text/html");
  EXPECT_EQ(got.remote_ip, "127.0.0.1");
  EXPECT_EQ(got.http_version, "1.1");
}

TEST_F(FetchTest, SendsTheUserAgentAndNoMoreThanItMust) {
  std::string head;
  options.user_agent = "probe/2.0 (+mailto:a@example.org)";
  {
    const RawServer server([&head](const Peer& peer) {
      head = peer.read_head();
      peer.send(ok_response(""));
    });
    fetch(server.url("/a/../b?q"), true);
  }
  EXPECT_TRUE(head.starts_with("GET /a/../b?q HTTP/1.1\r\n")) << head;
  EXPECT_NE(head.find("User-Agent: probe/2.0 (+mailto:a@example.org)\r\n"), std::string::npos) << head;
  EXPECT_NE(head.find("Accept-Encoding: deflate, gzip"), std::string::npos) << head;
  EXPECT_EQ(head.find("Cookie"), std::string::npos);
}

TEST_F(FetchTest, ReadsChunkedBodies) {
  const RawServer server(
      once("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n"));
  const Keeper got = fetch(server.url());
  EXPECT_EQ(got.error, "");
  EXPECT_EQ(got.body, "abcde");
  EXPECT_EQ(got.heads, 1);
}

TEST_F(FetchTest, ReadsBodiesThatEndWithTheConnection) {
  const RawServer server(once("HTTP/1.0 200 OK\r\n\r\nabc"));
  const Keeper got = fetch(server.url());
  EXPECT_EQ(got.error, "");
  EXPECT_EQ(got.body, "abc");
  EXPECT_EQ(got.http_version, "1.0");
}

TEST_F(FetchTest, DecodesGzip) {
  const RawServer server(once(encoded("gzip", kGzip)));
  const Keeper got = fetch(server.url());
  EXPECT_EQ(got.error, "");
  EXPECT_EQ(got.body, "hello hello hello hello\n");
  EXPECT_EQ(got.bytes, 24);
}

TEST_F(FetchTest, BrokenGzipIsAnEncodingError) {
  const RawServer server(once(encoded("gzip", "this is not gzip at all")));
  EXPECT_EQ(fetch(server.url()).error, "encoding");
}

TEST_F(FetchTest, ABodyWhoseCodingNobodyKnowsIsTakenAsItComes) {
  for (const char* coding : {"rot13", "UTF-8", "binary", "aws-chunked", "gzip, utf-8"}) {
    const RawServer server(once(encoded(coding, "uryyb")));
    const Keeper got = fetch(server.url());
    EXPECT_EQ(got.error, "") << coding;
    EXPECT_EQ(got.body, "uryyb") << coding;
  }
  const RawServer server(
      always("HTTP/1.1 200 OK\r\nContent-Encoding: utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
             "3\r\nabc\r\n0\r\n\r\n"));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(fetch(server.url()).body, "abc");
}

TEST_F(FetchTest, AShorterBodyThanAnnouncedIsPartial) {
  const RawServer server(once("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"));
  const Keeper got = fetch(server.url());
  EXPECT_EQ(got.error, "partial");
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, "abc");
}

TEST_F(FetchTest, ChunksThatStopAreAnError) {
  const RawServer server(once("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc"));
  EXPECT_EQ(fetch(server.url()).error, "partial");
}

TEST_F(FetchTest, HangingUpWithoutAnAnswerIsAReset) {
  const RawServer server([](const Peer& peer) { peer.read_head(); });
  EXPECT_EQ(fetch(server.url()).error, "reset");
}

TEST_F(FetchTest, AResetIsAReset) {
  const RawServer server([](const Peer& peer) {
    peer.read_head();
    peer.reset_at_end();
  });
  EXPECT_EQ(fetch(server.url()).error, "reset");
}

TEST_F(FetchTest, AResetInTheBodyIsAReset) {
  const RawServer server([](const Peer& peer) {
    peer.read_head();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
    peer.reset_at_end();
  });
  const std::string error = fetch(server.url()).error;
  EXPECT_TRUE(error == "reset" || error == "partial") << error;
}

TEST_F(FetchTest, NobodyListeningIsRefused) {
  std::string url;
  {
    const RawServer server(once(""));
    url = server.url();
  }
  const Keeper got = fetch(url);
  EXPECT_EQ(got.error, "refused");
  EXPECT_EQ(got.status, 0);
  EXPECT_EQ(got.heads, 0);
}

TEST_F(FetchTest, NoAnswerIsATimeout) {
  options.timeout_ms = 150;
  const RawServer server([](const Peer& peer) { peer.wait_for_hang_up(); });
  const Keeper got = fetch(server.url());
  EXPECT_EQ(got.error, "timeout");
  EXPECT_GE(got.elapsed_ms, 140);
  EXPECT_LT(got.elapsed_ms, 5'000);
}

TEST_F(FetchTest, AHandshakeThatHangsIsAConnectTimeout) {
  options.connect_timeout_ms = 150;
  const RawServer server([](const Peer& peer) { peer.wait_for_hang_up(); });
  EXPECT_EQ(fetch("https://" + server.authority() + "/").error, "connect_timeout");
}

TEST_F(FetchTest, AServerWithoutTlsIsATlsError) {
  const RawServer server([](const Peer& peer) { peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  EXPECT_EQ(fetch("https://" + server.authority() + "/").error, "tls");
}

TEST_F(FetchTest, AnAnswerWithoutAStatusLineIsAProtocolError) {
  const RawServer server(once("<html>hello</html>"));
  EXPECT_EQ(fetch(server.url()).error, "protocol");
}

TEST_F(FetchTest, AnEndlessHeadIsAProtocolError) {
  const RawServer server([](const Peer& peer) {
    peer.read_head();
    peer.send("HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 10'000; ++i) peer.send("X-Filler: " + std::string(100, 'x') + "\r\n");
  });
  const Keeper got = fetch(server.url());
  EXPECT_EQ(got.error, "protocol");
  EXPECT_EQ(got.heads, 0);
}

TEST_F(FetchTest, AnEndlessHeaderLineIsAProtocolError) {
  const RawServer server([](const Peer& peer) {
    peer.read_head();
    peer.send("HTTP/1.1 200 OK\r\nX-Filler: ");
    for (int i = 0; i < 10'000; ++i) peer.send(std::string(100, 'x'));
  });
  EXPECT_EQ(fetch(server.url()).error, "protocol");
}

TEST_F(FetchTest, InterimResponsesAreNotTold) {
  const RawServer server(once("HTTP/1.1 103 Early Hints\r\nLocation: /no\r\n\r\n" + ok_response("yes")));
  const Keeper got = fetch(server.url());
  EXPECT_EQ(got.heads, 1);
  EXPECT_EQ(got.head_status, 200);
  EXPECT_EQ(got.location, "");
  EXPECT_EQ(got.body, "yes");
}

TEST_F(FetchTest, RedirectsAreNotFollowed) {
  const RawServer server(always("HTTP/1.1 301 Moved\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n"));
  const Keeper got = fetch(server.url());
  EXPECT_EQ(got.error, "");
  EXPECT_EQ(got.status, 301);
  EXPECT_EQ(got.location, "/else");
}

TEST_F(FetchTest, ALongBodyIsCut) {
  options.max_body = 1'000;
  const RawServer server(once(ok_response(std::string(100'000, 'x'))));
  const Keeper got = fetch(server.url());
  EXPECT_EQ(got.error, "");
  EXPECT_TRUE(got.truncated);
  EXPECT_EQ(got.body.size(), 1'000U);
  EXPECT_EQ(got.bytes, 1'000);
}

TEST_F(FetchTest, ABodyAsLongAsAllowedIsNotCut) {
  options.max_body = 1'000;
  const RawServer server(once(ok_response(std::string(1'000, 'x'))));
  const Keeper got = fetch(server.url());
  EXPECT_FALSE(got.truncated);
  EXPECT_EQ(got.bytes, 1'000);
}

TEST_F(FetchTest, TheRequestsOwnLimitWins) {
  const RawServer server(once(ok_response(std::string(5'000, 'x'))));
  Keeper got;
  loop().start({server.url(), true, 10}, got);
  run();
  EXPECT_TRUE(got.truncated);
  EXPECT_EQ(got.bytes, 10);
}

TEST_F(FetchTest, TheHandlerMayHaveEnough) {
  const RawServer server([](const Peer& peer) {
    peer.read_head();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
    peer.wait_for_hang_up();
  });
  Keeper got;
  got.enough = 3;
  loop().start({server.url()}, got);
  run();
  EXPECT_EQ(got.error, "");
  EXPECT_FALSE(got.truncated);
  EXPECT_EQ(got.body, "abc");
}

TEST_F(FetchTest, WhoHasEnoughWhereTheBodyIsCutHasNotHadItCut) {
  options.max_body = 1'000;
  const RawServer server(once(ok_response(std::string(5'000, 'x'))));
  Keeper got;
  got.enough = 1'000;
  loop().start({server.url()}, got);
  run();
  EXPECT_EQ(got.error, "");
  EXPECT_FALSE(got.truncated);
  EXPECT_EQ(got.body.size(), 1'000U);
}

TEST_F(FetchTest, OneConnectionServesFollowingRequests) {
  const RawServer server(always(ok_response("x")));
  EXPECT_EQ(fetch(server.url("/robots.txt")).error, "");
  EXPECT_EQ(fetch(server.url("/")).remote_ip, "127.0.0.1");
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(FetchTest, TheLastRequestClosesItsConnection) {
  const RawServer server(always(ok_response("x")));
  fetch(server.url(), true);
  fetch(server.url(), true);
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(FetchTest, AnIdleConnectionThatDiedIsReplaced) {
  const RawServer server(once(ok_response("x")));  // hangs up after each answer without saying so
  for (int i = 0; i < 3; ++i) {
    Keeper got = fetch(server.url());
    if (got.repeat) got = fetch(server.url());  // the request and the end of the connection have crossed
    EXPECT_EQ(got.error, "");
  }
  EXPECT_EQ(server.connections(), 3);
}

TEST_F(FetchTest, ARequestIsNotRepeatedWhenAKeptConnectionEnds) {
  std::atomic<int> requests = 0;
  const RawServer server([&](const Peer& peer) {
    for (int i = 0; i < 2 && !peer.read_head().empty(); ++i) {
      if (requests++ % 2 == 0) peer.send(ok_response("x"));
    }
  });
  EXPECT_EQ(fetch(server.url()).error, "");
  const Keeper got = fetch(server.url());
  EXPECT_EQ(got.error, "reset");
  EXPECT_EQ(got.repeat, Manner::kUsual);
  EXPECT_EQ(requests, 2) << "the second was sent once";
  EXPECT_EQ(fetch(server.url()).error, "");
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(FetchTest, AFirstRequestThatIsNotAnsweredIsNoHangUp) {
  const RawServer server([](const Peer& peer) { peer.read_head(); });
  const Keeper got = fetch(server.url());
  EXPECT_EQ(got.error, "reset");
  EXPECT_FALSE(got.repeat);
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(FetchTest, WhatIsNotHttpIsAnInvalidUrl) {
  for (const char* url : {"ftp://example.org/", "file:///etc/passwd", "example.org", "http://", ""}) {
    EXPECT_EQ(fetch(url).error, "invalid_url") << url;
  }
}

TEST_F(FetchTest, StartCallsNoHandlerItself) {
  Keeper got;
  loop().start({"nonsense"}, got);
  EXPECT_EQ(got.dones, 0);
  EXPECT_EQ(loop().in_flight(), 1U);
  loop().run_once(0);
  EXPECT_EQ(got.dones, 1);
}

/// Starts the next one from on_done, as long as there are any left.
class Chain : public Keeper {
 public:
  Chain(FetchLoop& loop, std::string url, int left) : loop_(loop), url_(std::move(url)), left_(left) {}
  void on_done(const Response& response) override {
    Keeper::on_done(response);
    if (--left_ > 0) loop_.start({url_}, *this);
  }

 private:
  FetchLoop& loop_;
  const std::string url_;
  int left_;
};

TEST_F(FetchTest, HandlersMayStartTheNext) {
  const RawServer server(always(ok_response("x")));
  Chain chain(loop(), server.url(), 50);
  loop().start({server.url()}, chain);
  run();
  EXPECT_EQ(chain.dones, 50);
  EXPECT_EQ(chain.body.size(), 50U);
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(FetchTest, ManyAtOnce) {
  const RawServer server(always(ok_response("0123456789")));
  std::vector<Keeper> keepers(100);
  for (Keeper& keeper : keepers) loop().start({server.url(), true}, keeper);
  EXPECT_EQ(loop().in_flight(), 100U);
  run();
  for (const Keeper& keeper : keepers) EXPECT_EQ(keeper.body, "0123456789") << keeper.error;
}

TEST_F(FetchTest, OfManyTransfersThoseToOneHostShareAConnection) {
  const RawServer server(always(ok_response("x")));
  options.connect_to = server.authority();
  options.transfers = 10 * kTransfersPerHandle;
  constexpr std::size_t kHosts = 50;
  for (const bool last : {false, true}) {
    std::vector<Keeper> keepers(kHosts);
    for (std::size_t i = 0; i < kHosts; ++i)
      loop().start({"http://host" + std::to_string(i) + ".test/", last}, keepers[i]);
    run();
    for (const Keeper& keeper : keepers) EXPECT_EQ(keeper.body, "x") << keeper.error;
  }
  EXPECT_EQ(server.connections(), static_cast<int>(kHosts));
}

TEST_F(FetchTest, AbortReachesTransfersOfAllHandles) {
  const RawServer server([](const Peer& peer) { peer.wait_for_hang_up(); });
  options.connect_to = server.authority();
  options.transfers = 10 * kTransfersPerHandle;
  std::vector<Keeper> keepers(20);
  for (std::size_t i = 0; i < keepers.size(); ++i)
    loop().start({"http://host" + std::to_string(i) + ".test"}, keepers[i]);
  loop().run_once(50);
  loop().abort_all(FetchError::kAborted);
  for (const Keeper& keeper : keepers) EXPECT_EQ(keeper.error, "aborted");
}

TEST_F(FetchTest, SoManyConnectionsMayBeKept) {
  const RawServer server(always(ok_response("x")));
  options.connect_to = server.authority();
  options.max_kept = 2;
  EXPECT_TRUE(loop().may_keep());
  fetch("http://a.test/");
  EXPECT_TRUE(loop().may_keep());
  fetch("http://b.test/");
  EXPECT_FALSE(loop().may_keep());
  fetch("http://b.test/", true);
  EXPECT_TRUE(loop().may_keep());
}

// Left alone, such connections fill curl's cache, and it walks all of it for each one that it takes out.
TEST_F(FetchTest, AConnectionThatNobodyUsesAgainIsClosed) {
  std::atomic<int> hung_up = 0;
  const RawServer server([&](const Peer& peer) {
    const bool idle = peer.read_head().find("Host: idle") != std::string::npos;
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    peer.wait_for_hang_up();
    if (idle) ++hung_up;
  });
  options.connect_to = server.authority();
  for (const char* url : {"http://idle1.test/", "http://idle2.test/", "http://idle3.test/"}) {
    EXPECT_EQ(fetch(url).body, "ok");
  }
  for (const MonoMs deadline = clock.mono_ms() + 20'000; hung_up < 3 && clock.mono_ms() < deadline;) {
    fetch("http://busy.test/", true);
  }
  EXPECT_EQ(hung_up, 3);
}

TEST_F(FetchTest, AfterAServerErrorTheConnectionIsClosed) {
  const RawServer server([](const Peer& peer) {
    while (!peer.read_head().empty()) peer.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
  });
  EXPECT_EQ(fetch(server.url()).status, 503);
  EXPECT_EQ(fetch(server.url()).status, 503);
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(FetchTest, AbortTellsEveryHandler) {
  const RawServer server([](const Peer& peer) { peer.wait_for_hang_up(); });
  std::vector<Keeper> keepers(5);
  for (Keeper& keeper : keepers) loop().start({server.url()}, keeper);
  loop().run_once(50);
  Chain restarting(loop(), server.url(), 2);
  loop().start({server.url()}, restarting);
  loop().abort_all(FetchError::kAborted);
  EXPECT_EQ(loop().in_flight(), 0U);
  for (const Keeper& keeper : keepers) EXPECT_EQ(keeper.error, "aborted");
  EXPECT_EQ(restarting.dones, 2);
  loop().run_once(0);
}

TEST_F(FetchTest, DyingWithTransfersInFlightIsQuiet) {
  const RawServer server([](const Peer& peer) { peer.wait_for_hang_up(); });
  Keeper got;
  {
    FetchLoop mortal(options, clock, nullptr);
    mortal.start({server.url()}, got);
    mortal.run_once(20);
  }
  EXPECT_EQ(got.dones, 0);
}

TEST_F(FetchTest, WakeEndsAWaitWithoutLimit) {
  loop();
  std::thread waker([this] { loop().wake(); });
  loop().run_once(-1);
  waker.join();
}

TEST(FetchOptionsTest, NonsenseIsNamed) {
  FetchOptions options;
  EXPECT_TRUE(check(options));
  options.connect_to = "nowhere";
  EXPECT_EQ(check(options).message(), "connect_to: \"nowhere\" is not host:port");
  options.connect_to = "127.0.0.1:80";
  EXPECT_TRUE(check(options));
  options.nameservers = {"127.0.0.1:5353", "192.0.2.1", "[::1]:53", "2001:db8::1"};
  EXPECT_TRUE(check(options));
  options.nameservers = {"dns.example"};
  EXPECT_FALSE(check(options));
  EXPECT_THROW(FetchLoop(options, SystemClock(), nullptr), std::invalid_argument);
  options.nameservers.clear();
  options.proxies = {"gopher://example.org:70"};
  EXPECT_FALSE(check(options));
  options.proxies = {"socks5://user:pass@127.0.0.1:1080", "http://proxy.example"};
  EXPECT_TRUE(check(options));
}

}  // namespace
}  // namespace wswp::net
