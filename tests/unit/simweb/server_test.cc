#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <string>

#include "simweb/dns_server.h"
#include "simweb/http_server.h"

namespace wswp::simweb {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

/// A client that gives up after a few seconds instead of hanging.
class Client {
 public:
  explicit Client(const Endpoint& endpoint) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval limit{5, 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    const sockaddr_in address = endpoint.to_sockaddr();
    EXPECT_EQ(connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  }

  void send(const std::string& text) {
    EXPECT_EQ(::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL), text.size());
  }

  /// Sends a GET; its connection ends after the answer if `close`.
  void get(const std::string& host, const std::string& target, bool close = true, const std::string& more = "") {
    send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: test/1\r\n" + more +
         (close ? "Connection: close\r\n\r\n" : "\r\n"));
  }

  /// Everything until the server hangs up; error() tells how.
  std::string read_to_end() {
    std::string text;
    char buffer[4096];
    ssize_t count = 0;
    while ((count = recv(socket_.get(), buffer, sizeof(buffer), 0)) > 0)
      text.append(buffer, static_cast<std::size_t>(count));
    error_ = count < 0 ? errno : 0;
    return text;
  }

  /// Reads until the text contains `end` so many times.
  std::string read_until(const std::string& end, int times = 1) {
    std::string text;
    std::size_t from = 0;
    char c = 0;
    while (times > 0 && recv(socket_.get(), &c, 1, 0) == 1) {
      text += c;
      if (text.find(end, from) == std::string::npos) continue;
      from = text.size();
      --times;
    }
    return text;
  }

  int error() const { return error_; }

 private:
  FileDescriptor socket_;
  int error_ = 0;
};

class Server : public testing::Test {
 protected:
  void SetUp() override {
    world_.size = {3000, 3000};
    world_.links = 10;
    auto log = RequestLog::open(log_path_.string());
    ASSERT_TRUE(log.ok());
    log_ = *std::move(log);
    state_.reset(new ServerState{world_, statistics_, attempts_, *log_});
    auto http = HttpServer::listen(*state_, endpoint_, 2);
    ASSERT_TRUE(http.ok()) << http.message();
    http_ = *std::move(http);
    http_->start();
  }
  void TearDown() override {
    http_->stop();
    std::filesystem::remove(log_path_);
  }

  std::string fetch(const std::string& host, const std::string& target = "/", const std::string& more = "") {
    Client client(endpoint_);
    client.get(host, target, true, more);
    return client.read_to_end();
  }
  static std::string body_of(const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }

  World world_ = *world_of_profile("clean");
  Statistics statistics_;
  SharedAttempts attempts_;
  std::filesystem::path log_path_ =
      std::filesystem::temp_directory_path() / ("simweb-" + std::to_string(getpid()) + ".log");
  std::unique_ptr<RequestLog> log_;
  std::unique_ptr<ServerState> state_;
  Endpoint endpoint_{INADDR_LOOPBACK, 0};
  std::unique_ptr<HttpServer> http_;
};

TEST_F(Server, AnswersAPageOfTheAskedSize) {
  const std::string answer = fetch("A.Test:99");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nContent-Length: 3000\r\n"));
  EXPECT_EQ(body_of(answer).size(), 3000U);
  EXPECT_THAT(answer, HasSubstr(" a.test/</title>"));
}

TEST_F(Server, KeepsTheConnectionAndAnswersInOrder) {
  Client client(endpoint_);
  client.get("a.test", "/first", false);
  EXPECT_THAT(client.read_until("</html>\n"), HasSubstr("a.test/first</title>"));
  const std::string two = "GET /second HTTP/1.1\r\nHost: a.test\r\n\r\nGET /third HTTP/1.1\r\nHost: a.test\r\n\r\n";
  client.send(two.substr(0, 70));
  client.send(two.substr(70));
  const std::string answers = client.read_until("</html>\n", 2);
  EXPECT_LT(answers.find("a.test/second</title>"), answers.find("a.test/third</title>"));
}

TEST_F(Server, PlaysTheFaults) {
  for (const char* host : {"page-closed.simweb.test", "host-closed.simweb.test"}) {
    Client client(endpoint_);
    client.get(host, "/");
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_EQ(client.error(), 0);
  }
  Client reset(endpoint_);
  reset.get("page-reset.simweb.test", "/");
  EXPECT_EQ(reset.read_to_end(), "");
  EXPECT_EQ(reset.error(), ECONNRESET);
  const std::string partial = fetch("page-partial.simweb.test");
  EXPECT_THAT(partial, HasSubstr("Content-Length: 3000"));
  EXPECT_EQ(body_of(partial).size(), 1500U);
  EXPECT_THAT(fetch("page-garbage.simweb.test"), StartsWith("SSH-2.0"));
}

TEST_F(Server, RecoversAfterAsManyFailuresAsItsNameSays) {
  EXPECT_THAT(fetch("page-503-twice.simweb.test"), StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(fetch("page-503-twice.simweb.test"), StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(fetch("page-503-twice.simweb.test"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(fetch("page-429-once.simweb.test"), HasSubstr("\r\nRetry-After: 1\r\n"));
}

TEST_F(Server, FramesAndCodesBodies) {
  EXPECT_THAT(fetch("framing-chunked.simweb.test"), HasSubstr("\r\n\r\n5dc\r\n<!DOCTYPE"));
  EXPECT_THAT(fetch("framing-chunked.simweb.test"), EndsWith("</html>\n\r\n0\r\n\r\n"));
  EXPECT_THAT(fetch("framing-close.simweb.test"), testing::Not(HasSubstr("Content-Length")));
  EXPECT_EQ(fetch("headers-odd.simweb.test").find('\r'), std::string::npos);
  EXPECT_THAT(fetch("coding-gzip.simweb.test"), EndsWith("</html>\n"));
  const std::string coded = fetch("coding-gzip.simweb.test", "/", "Accept-Encoding: gzip\r\n");
  EXPECT_THAT(coded, HasSubstr("\r\nContent-Encoding: gzip\r\n"));
  EXPECT_THAT(body_of(coded), StartsWith("\x1f\x8b"));
}

TEST_F(Server, AProxyRequestNamesItsSite) {
  EXPECT_THAT(fetch("proxy.test", "http://a.test/x"), HasSubstr(" a.test/x</title>"));
}

TEST_F(Server, LogsWhatItWasAskedAndCounts) {
  fetch("a.test", "/x?y=z");
  fetch("page-closed.simweb.test");
  Client control(endpoint_);
  control.send("POST /.simweb/flush HTTP/1.1\r\nHost: simweb.control\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(control.read_to_end(), StartsWith("HTTP/1.1 200 "));
  const auto log = read_file(log_path_.string());
  ASSERT_TRUE(log.ok());
  EXPECT_THAT(*log, testing::ContainsRegex("[0-9]+\ta.test\tGET\t/x\\?y=z\t[0-9]+\t200\ttest/1\n"));
  EXPECT_THAT(*log, testing::ContainsRegex("[0-9]+\tpage-closed.simweb.test\tGET\t/\t[0-9]+\tclosed\ttest/1\n"));
  EXPECT_EQ(std::count(log->begin(), log->end(), '\n'), 2);
  EXPECT_THAT(fetch("simweb.control", "/.simweb/stats"), HasSubstr(R"({"requests": 2, "connections": 4, )"));
}

TEST_F(Server, BeginsAnEndlessBodyAndWaitsForTheClientToHangUp) {
  Client client(endpoint_);
  client.get("page-huge.simweb.test", "/", false);
  EXPECT_THAT(client.read_until("<div class=", 1000), HasSubstr("page-huge.simweb.test/</title>"));
}

}  // namespace
}  // namespace wswp::simweb
