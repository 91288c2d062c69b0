// What an HTTP/2 server does to a request besides answering it (RFC 9113 5.4, 6.8, 7, 8.7).

#include <string>

#include "support/tls_server.h"
#include "unit/net/fetch_fixture.h"

namespace wswp::net {
namespace {

class Http2Test : public FetchTest {
 protected:
  Http2Test() {
    options.connect_to = server_.authority();
    options.verify_tls = false;
  }
  Keeper ask(const std::string& label, Manner manner = Manner::kUsual) {
    return fetch("https://" + label + ".test/", false, manner);
  }
  test::TlsServer server_{"h2_server.py"};
};

TEST_F(Http2Test, AnswersComeOverOneConnection) {
  for (int i = 0; i < 3; ++i) {
    const Keeper got = ask("ok");
    EXPECT_EQ(got.error, "");
    EXPECT_EQ(got.body, "ok");
    EXPECT_EQ(got.http_version, "2");
  }
  EXPECT_EQ(server_.requests(), "ok 2\nok 2\nok 2\n");
}

TEST_F(Http2Test, ARefusedStreamMayBeSentOnceMore) {
  const Keeper got = ask("refused");
  EXPECT_EQ(got.error, "reset");
  EXPECT_EQ(got.repeat, Manner::kUsual);
  EXPECT_EQ(server_.requests(), "refused 2\n") << "when to ask again is not curl's to decide";
  EXPECT_EQ(ask("refused").body, "ok");
}

TEST_F(Http2Test, AStreamThatTheServerGivesUpIsReset) {
  for (const char* label : {"calm", "cancel", "internal"}) {
    const Keeper got = ask(label);
    EXPECT_EQ(got.error, "reset") << label;
    EXPECT_FALSE(got.repeat) << label;
    EXPECT_EQ(got.status, 0) << label;
    EXPECT_EQ(ask(label).body, "ok") << label;
  }
}

TEST_F(Http2Test, AStreamThatIsGivenUpInItsBodyIsReset) {
  const Keeper got = ask("half");
  EXPECT_EQ(got.error, "reset");
  EXPECT_FALSE(got.repeat);
  EXPECT_EQ(ask("half").body, "ok");
}

TEST_F(Http2Test, WhatIsWrongInTheRequestIsWrongForever) {
  const Keeper got = ask("broken");
  EXPECT_EQ(got.error, "protocol");
  EXPECT_FALSE(got.repeat);
}

TEST_F(Http2Test, AServerMayAskForHttp11) {
  for (const char* label : {"http11", "away11"}) {
    const Keeper got = ask(label);
    EXPECT_EQ(got.error, "reset") << label;
    EXPECT_EQ(got.repeat, Manner::kHttp1) << label;
    const Keeper again = ask(label, *got.repeat);
    EXPECT_EQ(again.error, "") << label;
    EXPECT_EQ(again.http_version, "1.1") << label;
  }
  EXPECT_EQ(server_.requests(), "http11 2\nhttp11 1.1\naway11 2\naway11 1.1\n");
}

TEST_F(Http2Test, ASessionThatIsOverLeavesItsRequestToBeSentOnceMore) {
  for (const char* label : {"away", "away-calm"}) {
    const Keeper got = ask(label);
    EXPECT_EQ(got.error, "reset") << label;
    EXPECT_TRUE(got.repeat) << label;
    EXPECT_EQ(ask(label, *got.repeat).body, "ok") << label;
  }
}

TEST_F(Http2Test, AKeptSessionThatEndsLeavesItsRequestToBeSentOnceMore) {
  for (const char* label : {"away-late", "hangs-up"}) {
    EXPECT_EQ(ask(label).body, "ok") << label;
    const Keeper got = ask(label);
    EXPECT_EQ(got.error, "reset") << label;
    EXPECT_TRUE(got.repeat) << label;
    EXPECT_EQ(ask(label).body, "ok") << label;
  }
}

TEST_F(Http2Test, AKeptSessionThatSaysGoodbyeMeanwhileIsReplaced) {
  for (int i = 0; i < 3; ++i) {
    Keeper got = ask("away-idle");
    if (got.repeat) got = ask("away-idle", *got.repeat);  // the request and the goodbye have crossed
    EXPECT_EQ(got.body, "ok");
    loop().run_once(40);
  }
}

TEST_F(Http2Test, WhatCameBeforeAGoodbyeIsAnAnswer) {
  for (int i = 0; i < 2; ++i) EXPECT_EQ(ask("away-served").body, "ok");
}

TEST_F(Http2Test, FramesThatAreForbiddenEndTheSession) {
  const Keeper got = ask("garbage");
  EXPECT_EQ(got.error, "reset");
  EXPECT_EQ(got.status, 0);
}

}  // namespace
}  // namespace wswp::net
