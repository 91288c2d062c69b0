// Headers that libcurl cannot read and browsers can: the request is to be sent once more, and then they are read.

#include <string>
#include <vector>

#include "support/tls_server.h"
#include "unit/net/fetch_fixture.h"
#include "unit/net/raw_server.h"

namespace wswp::net {
namespace {

const std::string kOk = "HTTP/1.1 200 OK\r\n";
const std::string kChunks = "2\r\nok\r\n0\r\n\r\n";

struct Odd {
  std::string answer;
  std::string body = "ok";
};

const std::vector<Odd> kOdd{
    {kOk + "nonsense\r\nContent-Length: 2\r\n\r\nok"},
    {kOk + "Content-Length: 2\r\nnonsense\r\n\r\nok and more"},
    {kOk + "<!-- a comment -->\r\nTransfer-Encoding: chunked\r\n\r\n" + kChunks},
    {kOk + "Content-Length:\r\n 2\r\n\r\nok and more"},
    {kOk + "Content-Length:\r\n\t2 \r\nX: y\r\n\r\nok and more"},
    {kOk + "Transfer-Encoding:\r\n chunked\r\n\r\n" + kChunks},
    {kOk + "Transfer-Encoding:\r\n \r\n chunked\r\n\r\n" + kChunks},
    {kOk + "Content-Length: many\r\nTransfer-Encoding: chunked\r\n\r\n" + kChunks},
    {kOk + "Transfer-Encoding: chunked\r\nContent-Length: -5\r\n\r\n" + kChunks},
    {"HTTP/1.1 103 Hints\r\nnonsense\r\n\r\n" + kOk + "Content-Length: 2\r\n\r\nok"},
    {kOk + "nonsense\r\n\r\n" + std::string(300'000, 'x'), std::string(300'000, 'x')},
};

TEST_F(FetchTest, AHeaderThatLibcurlCannotReadIsReadInAnotherManner) {
  for (const Odd& odd : kOdd) {
    SCOPED_TRACE(odd.answer.substr(0, 120));
    const RawServer server(once(odd.answer));
    const Keeper first = fetch(server.url());
    EXPECT_EQ(first.error, "protocol");
    EXPECT_EQ(first.status, 0);
    ASSERT_EQ(first.repeat, Manner::kFiltered);
    for (const bool last : {false, true}) {
      const Keeper got = fetch(server.url(), last, *first.repeat);
      EXPECT_EQ(got.error, "");
      EXPECT_EQ(got.status, 200);
      EXPECT_EQ(got.body, odd.body);
      EXPECT_EQ(got.heads, 1);
      EXPECT_EQ(got.remote_ip, "127.0.0.1");
      EXPECT_EQ(got.http_version, "1.1");
    }
    EXPECT_EQ(server.connections(), 3);
  }
}

TEST_F(FetchTest, WhatIsBrokenStaysBrokenInThatManner) {
  for (const std::string& fields :
       {std::string("Content-Length: many\r\n"), std::string(" X: y\r\n"), std::string(" \r\n"),
        std::string("X: a\0b\r\n", 8), std::string("Content-Length: 2\r\n 3\r\n")}) {
    const RawServer server(once(kOk + fields + "\r\nok"));
    const Keeper got = fetch(server.url(), false, Manner::kFiltered);
    EXPECT_EQ(got.error, "protocol") << fields;
    EXPECT_EQ(got.status, 0) << fields;
    EXPECT_FALSE(got.repeat) << fields;
  }
  const RawServer no_http(once("<html>hello</html>"));
  EXPECT_EQ(fetch(no_http.url(), false, Manner::kFiltered).error, "protocol");
}

TEST_F(FetchTest, AnEndOfTheConnectionIsToldInThatManner) {
  const auto answer_of = [&](const std::string& bytes, bool reset) {
    const RawServer server([=](const Peer& peer) {
      peer.read_head();
      peer.send(bytes);
      if (reset) peer.reset_at_end();
    });
    return fetch(server.url(), false, Manner::kFiltered);
  };
  EXPECT_EQ(answer_of("", false).error, "reset");
  EXPECT_EQ(answer_of("", true).error, "reset");
  EXPECT_EQ(answer_of(kOk + "nonsense\r\nA: b", false).error, "reset");
  EXPECT_EQ(answer_of(kOk + "nonsense\r\nContent-Length: 9\r\n\r\nok", false).error, "partial");
  EXPECT_EQ(answer_of(kOk + "nonsense\r\n\r\nok", false).error, "");
  const Keeper nobody = [&] {
    std::string url;
    {
      const RawServer server(once(""));
      url = server.url();
    }
    return fetch(url, false, Manner::kFiltered);
  }();
  EXPECT_EQ(nobody.error, "refused");
}

TEST_F(FetchTest, ThatMannerKnowsTheTimeLimit) {
  options.timeout_ms = 150;
  const RawServer server([](const Peer& peer) { peer.wait_for_hang_up(); });
  EXPECT_EQ(fetch(server.url(), false, Manner::kFiltered).error, "timeout");
}

TEST_F(FetchTest, ThatMannerMayBeAborted) {
  const RawServer server([](const Peer& peer) {
    peer.read_head();
    peer.send(kOk + "nonsense\r\nContent-Length: 9\r\n\r\nok");
    peer.wait_for_hang_up();
  });
  std::vector<Keeper> keepers(5);
  const std::string url = server.url();
  for (Keeper& keeper : keepers) loop().start({.url = url, .manner = Manner::kFiltered}, keeper);
  for (const MonoMs deadline = clock.mono_ms() + 20'000; keepers[0].body.empty() && clock.mono_ms() < deadline;)
    loop().run_once(10);
  loop().abort_all(FetchError::kAborted);
  for (const Keeper& keeper : keepers) EXPECT_EQ(keeper.error, "aborted");
  EXPECT_TRUE(loop().may_keep());
  EXPECT_EQ(fetch(url.substr(0, url.rfind('/')) + "/x", false).error, "protocol") << "the loop goes on";
}

TEST_F(FetchTest, ManyInThatMannerAtOnce) {
  const std::string body(100'000, 'x');
  const RawServer server(once(kOk + "nonsense\r\nContent-Length: 100000\r\n\r\n" + body));
  options.connect_to = server.authority();
  std::vector<Keeper> keepers(40);
  for (std::size_t i = 0; i < keepers.size(); ++i) {
    const std::string url = "http://host" + std::to_string(i) + ".test/";
    loop().start({.url = url, .manner = Manner::kFiltered}, keepers[i]);
  }
  run();
  for (const Keeper& keeper : keepers) EXPECT_EQ(keeper.body, body) << keeper.error;
}

TEST_F(FetchTest, ABodyIsCutInThatManner) {
  options.max_body = 1'000;
  const RawServer server(once(kOk + "nonsense\r\n\r\n" + std::string(1'000'000, 'x')));
  const Keeper got = fetch(server.url(), false, Manner::kFiltered);
  EXPECT_EQ(got.error, "");
  EXPECT_TRUE(got.truncated);
  EXPECT_EQ(got.body.size(), 1'000U);
}

TEST_F(FetchTest, ThatMannerWorksThroughTls) {
  const test::TlsServer server;
  options.connect_to = server.authority();
  options.ca_file = test::TlsServer::ca_file();
  const Keeper first = fetch("https://good.test/odd");
  EXPECT_EQ(first.error, "protocol");
  ASSERT_EQ(first.repeat, Manner::kFiltered);
  const Keeper got = fetch("https://good.test/odd", false, Manner::kFiltered);
  EXPECT_EQ(got.error, "");
  EXPECT_EQ(got.body, "<title>behind TLS</title>");
  EXPECT_EQ(fetch("https://self.test/odd", false, Manner::kFiltered).error, "tls");
  EXPECT_EQ(server.requests(), "good.test /odd\ngood.test /odd\n");
}

TEST_F(FetchTest, AnAnswerThroughAProxyIsNotAskedForInThatManner) {
  const RawServer proxy(once(kOk + "nonsense\r\nContent-Length: 2\r\n\r\nok"));
  options.proxies = {proxy.url()};
  const Keeper got = fetch("http://site.test/");
  EXPECT_EQ(got.error, "protocol");
  EXPECT_FALSE(got.repeat);
}

}  // namespace
}  // namespace wswp::net
