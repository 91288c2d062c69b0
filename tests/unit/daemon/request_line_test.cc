#include "daemon/api/request_line.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace wswp::api {
namespace {

/// As the library does: cuts the line in place at the blanks around the target, then decodes the path.
bool intact(std::string line) {
  const std::size_t method_end = line.find(' ');
  const std::size_t path = line.find_first_not_of(' ', method_end);
  const std::size_t path_end = line.rfind(' ');
  line[method_end] = line[path_end] = '\0';
  RequestLine head;
  head.begin(line.data() + path);
  head.unescape(line.data() + path);
  return head.intact(line.data(), line.data() + path, line.data() + path_end + 1);
}

TEST(RequestLine, PlainOnesAreIntact) {
  EXPECT_TRUE(intact("GET / HTTP/1.1"));
  EXPECT_TRUE(intact("DELETE  /v1/crawls/a%20b?c=%25 HTTP/1.1"));
  EXPECT_TRUE(intact("GET /v1/with blanks in it  HTTP/1.1"));
  EXPECT_TRUE(intact("GET /%0g%%%2 HTTP/1.1"));
}

TEST(RequestLine, AZeroByteAnywhereIsSeen) {
  using namespace std::string_literals;
  EXPECT_FALSE(intact("DELETE /v1/crawls/victim%00x HTTP/1.1"));
  EXPECT_FALSE(intact("DELETE /v1/crawls/victim%00 HTTP/1.1"));
  EXPECT_FALSE(intact("DELETE /v1/crawls/victim\0x HTTP/1.1"s));
  EXPECT_FALSE(intact("DELETE /v1/crawls/victim\0 HTTP/1.1"s));
  EXPECT_FALSE(intact("DELETE\0x /v1/crawls/victim HTTP/1.1"s));
}

TEST(RequestLine, OneDoesNotStainTheNext) {
  RequestLine head;
  std::string bad = "/%00", good = "/good";
  head.begin(bad);
  head.unescape(bad.data());
  head.begin(good);
  const std::string method = "GET";
  EXPECT_TRUE(head.intact(method, method.data() + 3, ""));
}

TEST(RequestLine, Unescapes) {
  RequestLine head;
  std::string text = "/a%2Fb%c3%A9%zz%4";
  const std::size_t length = head.unescape(text.data());
  EXPECT_EQ(text.substr(0, length), "/a/b\xc3\xa9%zz%4");
}

TEST(RequestLine, PointersOfNoCommonBufferSayNothing) {
  static const char version[] = "HTTP/1.1";
  const auto far = std::make_unique<std::string>(std::string(64 * 1024 * 1024, 'x'));
  RequestLine head;
  head.begin("/short");
  EXPECT_TRUE(head.intact("GET", far->data(), version));
}

}  // namespace
}  // namespace wswp::api
