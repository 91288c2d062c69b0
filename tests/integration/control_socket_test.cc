// The API over the Unix socket as any HTTP client speaks it.

#include <sys/socket.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/site_names.h"
#include "support/checkpoint.h"
#include "support/daemon.h"
#include "support/http_exchange.h"
#include "support/rows.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

using nlohmann::json;

class ControlSocket : public ::testing::Test {
 protected:
  ControlSocket() { daemon_.start(); }

  HttpReply ask(std::string_view method, std::string_view target, std::string_view body = "") const {
    return exchange(connect_unix(daemon_.socket()), method, target, "localhost", body);
  }
  void expect_error(const HttpReply& reply, int status, const std::string& code) const {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.headers.at("content-type"), "application/json");
    const json document = json::parse(reply.body, nullptr, false);
    ASSERT_TRUE(document.is_object()) << reply.body;
    EXPECT_EQ(document.at("error").at("code"), code);
    EXPECT_FALSE(document.at("error").at("message").get<std::string>().empty());
  }

  Simweb web_{{"--profile", "clean", "--size", "2000"}};
  Daemon daemon_{crawl_config(web_.http())};
};

TEST_F(ControlSocket, ErrorsAreDocuments) {
  expect_error(ask("GET", "/"), 404, "not_found");
  expect_error(ask("GET", "/v1/nothing"), 404, "not_found");
  expect_error(ask("GET", "/v1/crawls/nosuch/results"), 404, "no_such_crawl");
  expect_error(ask("GET", "/v1/urls?url=http://never.test/"), 404, "unknown_url");
  expect_error(ask("GET", "/v1/urls"), 400, "bad_request");
  expect_error(ask("GET", "/v1/urls?url=http://"), 400, "bad_request");
  expect_error(ask("POST", "/v1/crawls/a/urls?depth=deep"), 400, "bad_request");
  expect_error(ask("POST", "/v1/crawls/a/urls?link_regex=("), 400, "bad_request");
  expect_error(ask("POST", "/v1/crawls/a/urls?nonsense=1"), 400, "bad_request");
  expect_error(ask("POST", "/v1/crawls/nosuch/pause"), 404, "no_such_crawl");
  expect_error(ask("DELETE", "/v1/crawls/nosuch"), 404, "no_such_crawl");
  expect_error(ask("POST", "/v1/crawls/nosuch/retry"), 404, "no_such_crawl");
  expect_error(ask("POST", "/v1/crawls/a/urls", "<!DOCTYPE html><html>"), 400, "bad_list");
}

TEST_F(ControlSocket, AnAddThatFailsLeavesNoCrawlBehindAndChangesNone) {
  expect_error(ask("POST", "/v1/crawls/new/urls", "<!DOCTYPE html><html>"), 400, "bad_list");
  expect_error(ask("POST", "/v1/crawls/in%20valid/urls", "a.test\n"), 400, "bad_request");
  {
    const FileDescriptor socket = connect_unix(daemon_.socket());
    send_all(socket,
             "POST /v1/crawls/new/urls HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n");
    std::array<char, 12> begun{};  // the start of "HTTP/1.1 100 Continue": the upload is under way
    ASSERT_EQ(::recv(socket.get(), begun.data(), begun.size(), MSG_WAITALL), static_cast<ssize_t>(begun.size()));
    send_all(socket, "a.te");  // and goes
  }
  EXPECT_TRUE(eventually([&] { return daemon_.log().find("broke off") != std::string::npos; }));
  EXPECT_EQ(json::parse(ask("GET", "/v1/crawls").body).at("crawls"), json::array());
  EXPECT_EQ(ask("POST", "/v1/crawls/old/urls?depth=3", "a.test\n").status, 200);
  expect_error(ask("POST", "/v1/crawls/old/urls?depth=7", "<!DOCTYPE html><html>"), 400, "bad_list");
  const json crawls = json::parse(ask("GET", "/v1/crawls").body).at("crawls");
  ASSERT_EQ(crawls.size(), 1U);
  EXPECT_EQ(crawls[0].at("options").at("max_depth"), 3);
}

TEST_F(ControlSocket, WrongMethodNamesTheRightOnes) {
  const HttpReply reply = ask("POST", "/v1/status");
  expect_error(reply, 405, "method_not_allowed");
  EXPECT_EQ(reply.headers.at("allow"), "GET");
  expect_error(ask("GET", "/v1/stop"), 405, "method_not_allowed");
  EXPECT_EQ(ask("GET", "/v1/status").status, 200) << "it has not stopped";
}

TEST_F(ControlSocket, OneConnectionServesManyRequests) {
  const FileDescriptor socket = connect_unix(daemon_.socket());
  for (int i = 0; i < 3; ++i) {
    send_all(socket, "GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(receive_reply(socket).status, 200);
  }
}

TEST_F(ControlSocket, NonsenseIsNoHarm) {
  for (const char* nonsense : {"\x16\x03\x01\x02", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n"}) {
    const FileDescriptor socket = connect_unix(daemon_.socket());
    send_all(socket, nonsense);
  }
  EXPECT_EQ(ask("GET", "/v1/status").status, 200);
}

TEST_F(ControlSocket, ListMayBeStreamedInPieces) {
  const FileDescriptor socket = connect_unix(daemon_.socket());
  send_all(socket,
           "POST /v1/crawls/streamed/urls?source=pipe HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 50; ++i) {
    const std::string piece = fmt::format("piece-{}.test\npiece-{}-b.te", i, i);  // rows broken anywhere
    send_all(socket, fmt::format("{:x}\r\n{}\r\n3\r\nst\n\r\n", piece.size(), piece));
  }
  send_all(socket, "0\r\n\r\n");
  const HttpReply reply = receive_reply(socket);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const json answer = json::parse(reply.body);
  EXPECT_EQ(answer.at("crawl"), "streamed");
  EXPECT_EQ(answer.at("added"), 100);
  EXPECT_EQ(answer.at("invalid"), 0);
}

TEST_F(ControlSocket, AnUploadThatBreaksOffKeepsWhatCame) {
  {
    const FileDescriptor socket = connect_unix(daemon_.socket());
    send_all(socket,
             "POST /v1/crawls/broken/urls HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n"
             "Expect: 100-continue\r\n\r\n");
    EXPECT_EQ(receive_reply(socket).status, 100);
    send_all(socket, site_names(100));
  }
  EXPECT_TRUE(eventually([&] { return daemon_.log().find("broke off") != std::string::npos; }));
  const json again = daemon_.add(site_names(120), {"--crawl", "broken"});
  EXPECT_EQ(again.at("added").get<int>() + again.at("duplicate").get<int>(), 120);
  daemon_.wait_until_done();
  EXPECT_EQ(daemon_.urls("broken").at("total"), 120);
}

TEST_F(ControlSocket, BigResultsAreStreamed) {
  constexpr int kSites = 4000;
  daemon_.add(site_names(kSites));
  daemon_.wait_until_done();
  const HttpReply reply = ask("GET", "/v1/crawls/default/results");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.headers.at("content-type"), "application/x-ndjson");
  int rows = 0;
  for (std::size_t at = 0; at < reply.body.size(); ++rows) {
    const std::size_t end = reply.body.find('\n', at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_TRUE(json::parse(reply.body.substr(at, end - at)).is_object());
    at = end + 1;
  }
  EXPECT_EQ(rows, kSites);
  {
    const FileDescriptor impatient = connect_unix(daemon_.socket());
    send_all(impatient, "GET /v1/results HTTP/1.1\r\nHost: x\r\n\r\n");  // and hangs up
  }
  EXPECT_EQ(ask("GET", "/v1/status").status, 200);
}

TEST_F(ControlSocket, AZeroByteIsRefusedWhereverItStands) {
  using namespace std::string_literals;
  daemon_.add(site_names(3), {"--crawl", "victim"});
  daemon_.wait_until_done();
  for (const auto& [method, target] : {std::pair{"DELETE"s, "/v1/crawls/victim%00x"s},
                                       {"DELETE"s, "/v1/crawls/victim%00"s},
                                       {"DELETE"s, "/v1/crawls/victim\0x"s},
                                       {"DELETE\0x"s, "/v1/crawls/victim"s},
                                       {"DELETE"s, "/v1/crawls/victim?a=%00"s},
                                       {"GET"s, "/v1/status?crawl=victim%00x"s},
                                       {"GET"s, "/v1/status?crawl%00x=none"s},
                                       {"GET"s, "/v1/urls?url=http://a.test/\0x"s},
                                       {"POST"s, "/v1/crawls/victim%00/urls"s}}) {
    expect_error(ask(method, target), 400, "bad_request");
  }
  EXPECT_EQ(daemon_.urls("victim").at("total"), 3) << "it is still there";
}

/// Connections whose requests have only begun, and of which no end is in sight.
std::vector<FileDescriptor> open_uploads(const Daemon& daemon, int count) {
  std::vector<FileDescriptor> uploads;
  for (int i = 0; i < count; ++i) {
    uploads.push_back(connect_unix(daemon.socket()));
    send_all(uploads.back(),
             "POST /v1/crawls/slow/urls HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(receive_reply(uploads.back()).status, 100) << i;
  }
  return uploads;
}

constexpr int kConnections = 320, kLongRequests = 256;  // docs/OPERATIONS.md, "Limits"

TEST_F(ControlSocket, TheIdlestConnectionMakesRoom) {
  std::vector<FileDescriptor> idle;
  for (int i = 0; i < kConnections; ++i) idle.push_back(connect_unix(daemon_.socket()));
  EXPECT_EQ(ask("GET", "/v1/status").status, 200);
  EXPECT_EQ(daemon_.ctl({"status"}).exit, 0);
  EXPECT_EQ(receive_reply(idle.front()).status, 0) << "the first has been ended";
  send_all(idle.back(), "GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(receive_reply(idle.back()).status, 200) << "the last has not";
}

TEST_F(ControlSocket, WhoeverIsOneTooManyIsToldSo) {
  const auto uploads = open_uploads(daemon_, kLongRequests);
  expect_error(ask("POST", "/v1/crawls/slow/urls"), 503, "busy");
  expect_error(ask("GET", "/v1/results"), 503, "busy");
  const Finished add = daemon_.ctl({"add", "-"}, site_names(3));
  EXPECT_EQ(add.exit, 1);
  EXPECT_THAT(add.err, ::testing::HasSubstr("the daemon serves as many clients as it can; try again"));
  EXPECT_EQ(daemon_.ctl({"status"}).exit, 0) << "a short question has a place";
}

TEST_F(ControlSocket, AnAnswerThatNobodyReadsHoldsNothingBack) {
  daemon_.add(site_names(2000));
  daemon_.wait_until_done();
  std::vector<FileDescriptor> readers;
  for (int i = 0; i < 20; ++i) {
    readers.push_back(connect_unix(daemon_.socket()));
    send_all(readers.back(), "GET /v1/results HTTP/1.1\r\nHost: x\r\n\r\n");
    char byte = 0;
    EXPECT_EQ(::recv(readers.back().get(), &byte, 1, 0), 1) << "it has begun, and does not fit into the socket";
  }
  execute(daemon_.database(), "update outcome set title = 'new' where rank = 1");
  EXPECT_TRUE(eventually([&] { return checkpoint(daemon_.database()); }));
  EXPECT_EQ(daemon_.ctl({"status"}).exit, 0);
}

TEST_F(ControlSocket, StopAnswersAndStops) {
  const HttpReply reply = ask("POST", "/v1/stop");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(json::parse(reply.body).at("state"), "stopping");
  EXPECT_EQ(daemon_.wait(), 0);
}

TEST_F(ControlSocket, DeleteRemovesACrawl) {
  daemon_.add(site_names(10), {"--crawl", "gone"});
  daemon_.wait_until_done();
  EXPECT_EQ(ask("DELETE", "/v1/crawls/gone").status, 200);
  EXPECT_EQ(ask("GET", "/v1/crawls/gone/results").status, 404);
}

}  // namespace
}  // namespace wswp::test
