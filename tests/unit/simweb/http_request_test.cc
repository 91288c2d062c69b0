#include "simweb/http_request.h"

#include <gtest/gtest.h>

#include <string>

namespace wswp::simweb {
namespace {

ParseState parse(std::string_view bytes, HttpRequest& request) {
  std::size_t head_bytes = 0;
  return parse_request(bytes, request, head_bytes);
}

TEST(HttpRequest, ReadsWhatTheServerNeeds) {
  HttpRequest request;
  std::size_t head_bytes = 0;
  const std::string head =
      "POST /a?b=c HTTP/1.1\r\nHOST: \tA.Test:81 \r\nuser-agent: wswp/1.0\r\nAccept-Encoding: br, GZIP\r\n"
      "Content-Length: 3\r\n\r\n";
  const std::string bytes = head + "abc";
  ASSERT_EQ(parse_request(bytes, request, head_bytes), ParseState::kComplete);
  EXPECT_EQ(head_bytes, head.size());
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/a?b=c");
  EXPECT_EQ(request.authority, "A.Test:81");
  EXPECT_EQ(request.user_agent, "wswp/1.0");
  EXPECT_EQ(request.body_bytes, 3U);
  EXPECT_TRUE(request.accepts_gzip);
  EXPECT_TRUE(request.keep_alive);
}

// RFC 9112, 9.3
TEST(HttpRequest, KeepsTheConnectionByVersionAndHeader) {
  HttpRequest request;
  ASSERT_EQ(parse("GET / HTTP/1.0\r\n\r\n", request), ParseState::kComplete);
  EXPECT_FALSE(request.keep_alive);
  ASSERT_EQ(parse("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", request), ParseState::kComplete);
  EXPECT_TRUE(request.keep_alive);
  ASSERT_EQ(parse("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", request), ParseState::kComplete);
  EXPECT_FALSE(request.keep_alive);
}

TEST(HttpRequest, WaitsForTheEmptyLine) {
  HttpRequest request;
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  for (std::size_t length = 0; length < head.size(); ++length)
    EXPECT_EQ(parse(std::string_view(head).substr(0, length), request), ParseState::kIncomplete);
}

TEST(HttpRequest, RefusesWhatIsNoRequest) {
  HttpRequest request;
  for (const char* head : {"GET /\r\n\r\n", "GET  HTTP/1.1\r\n\r\n", "GET a HTTP/1.1\r\n\r\n", "GET / FTP/1.1\r\n\r\n",
                           "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n"})
    EXPECT_EQ(parse(head, request), ParseState::kBad) << head;
  EXPECT_EQ(parse(std::string(kMaxHeadBytes + 1, 'a'), request), ParseState::kBad);
}

}  // namespace
}  // namespace wswp::simweb
