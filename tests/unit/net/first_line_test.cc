// A header whose first line begins with a blank or a tab has nothing to go on with. libcurl 7.88 would append such a
// line to the last one of the handle's transfer before, whose memory it has released (curl issue 11101).

#include <atomic>
#include <string>
#include <vector>

#include "unit/net/fetch_fixture.h"
#include "unit/net/raw_server.h"

namespace wswp::net {
namespace {

/// Lines that go on with the one before, as the first of a header.
const std::vector<std::string> kFirstLines{" X: y\r\n",
                                           "\tX: y\r\n",
                                           " \r\n",
                                           "\t\r\n",
                                           " \t \r\n",
                                           " nonsense\n",
                                           " X: y\r\n z\r\n",
                                           " :\r\n",
                                           " HTTP/1.1 200 OK\r\n",
                                           " " + std::string(40'000, 'x') + "\r\n"};

/// What may stand before the final answer.
const std::vector<std::string> kInterim{
    "", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n",
    "HTTP/1.1 102 Processing\r\nA: b\r\n\r\nHTTP/1.1 102 Processing\r\nC: d\r\n\r\n",
    "HTTP/1.1 103 Early Hints\r\n A: b\r\n\r\n"};

std::string ok_with(const std::string& first_line) {
  return "HTTP/1.1 200 OK\r\n" + first_line + "Content-Length: 2\r\n\r\nok";
}

/// Answers requests in turn with these, over and over, whatever the connection.
class Turns {
 public:
  explicit Turns(std::vector<std::string> answers)
      : answers_(std::move(answers)), server_([this](const Peer& peer) {
          while (!peer.read_head().empty()) peer.send(answers_[next_++ % answers_.size()]);
        }) {}
  std::string url() const { return server_.url(); }

 private:
  const std::vector<std::string> answers_;
  std::atomic<std::size_t> next_ = 0;
  RawServer server_;
};

TEST_F(FetchTest, AFirstHeaderLineThatGoesOnIsAProtocolError) {
  for (const std::string& interim : kInterim) {
    for (const std::string& line : kFirstLines) {
      const std::string bad = interim + ok_with(line);
      SCOPED_TRACE(bad.substr(0, 200));
      const Turns server({bad, ok_response("good"), bad, bad});
      for (const char* expected : {"protocol", "", "protocol", "protocol"}) {
        const Keeper got = fetch(server.url());
        EXPECT_EQ(got.error, expected);
        EXPECT_EQ(got.status, got.error.empty() ? 200 : 0);
        EXPECT_EQ(got.heads, got.error.empty() ? 1 : 0);
      }
    }
  }
}

TEST_F(FetchTest, AFirstInterimLineThatGoesOnIsAProtocolError) {
  const Turns server({ok_response("good"), "HTTP/1.1 103 Early Hints\r\n A: b\r\n\r\n" + ok_response("ok")});
  EXPECT_EQ(fetch(server.url()).error, "");
  EXPECT_EQ(fetch(server.url()).error, "protocol");
}

TEST_F(FetchTest, AFirstTrailerLineThatGoesOnHurtsNobody) {
  const std::string bad = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n X: y\r\n\tz\r\n\r\n";
  const Turns server({bad, ok_response("good")});
  for (const char* body : {"ok", "good", "ok", "good"}) {
    const Keeper got = fetch(server.url());
    EXPECT_EQ(got.error, "");
    EXPECT_EQ(got.body, body);
  }
}

TEST_F(FetchTest, AFirstLineThatGoesOnThroughAProxyIsAProtocolError) {
  const Turns proxy({ok_response("good"), ok_with(" X: y\r\n")});
  options.proxies = {proxy.url()};
  EXPECT_EQ(fetch("http://site.test/").error, "");
  EXPECT_EQ(fetch("http://site.test/").error, "protocol");
}

TEST_F(FetchTest, AFirstLineThatGoesOnInTheAnswerToConnectHurtsNobody) {
  const Turns plain({"HTTP/1.1 200 Connected\r\n\r\n"});
  const Turns proxy({ok_response("good"), "HTTP/1.1 200 Connected\r\n X: y\r\n\r\n"});
  options.proxies = {plain.url()};
  const std::string error = fetch("https://site.test/").error;  // nobody speaks TLS there
  FetchOptions through = options;
  through.proxies = {proxy.url()};
  FetchLoop second(through, clock, nullptr);
  for (const char* url : {"http://site.test/", "https://site.test/"}) {
    Keeper got;
    second.start({url}, got);
    for (const MonoMs deadline = clock.mono_ms() + 20'000; got.dones == 0 && clock.mono_ms() < deadline;)
      second.run_once(100);
    EXPECT_EQ(got.error, url[4] == 's' ? error : "");
  }
}

TEST_F(FetchTest, AStatusLineThatNobodyReadsIsAProtocolErrorWhateverBecomesOfItsBody) {
  for (const std::string line : {"HTTP/1.1  200 OK", "HTTP/ 1.1 200"}) {
    for (const std::string coding : {"br", "gzip"}) {
      const RawServer server([&](const Peer& peer) {
        peer.read_head();
        peer.send(line + "\r\nContent-Encoding: " + coding + "\r\nContent-Length: 100\r\n\r\n" +
                  std::string(100, '\xff'));
      });
      EXPECT_EQ(fetch(server.url()).error, "protocol") << line << " " << coding;
    }
  }
}

}  // namespace
}  // namespace wswp::net
