#include "base/endpoint.h"

#include <gtest/gtest.h>

#include <string_view>

namespace wswp {
namespace {

TEST(Endpoint, OfUrls) {
  const struct {
    const char* url;
    const char* host;
    int port;
  } kCases[] = {
      {"http://example.org/", "example.org", 80},
      {"https://example.org", "example.org", 443},
      {"http://example.org:8080/a:b@c", "example.org", 8080},
      {"http://user:pass@example.org:81/?q", "example.org", 81},
      {"https://[2001:db8::1]/", "2001:db8::1", 443},
      {"https://[2001:db8::1]:444?x", "2001:db8::1", 444},
      {"http://example.org?a@b:1", "example.org", 80},
      {"http://example.org\\@inside/", "example.org", 80},
  };
  for (const auto& c : kCases) {
    const auto endpoint = endpoint_of_url(c.url);
    ASSERT_TRUE(endpoint) << c.url;
    EXPECT_EQ(endpoint->host, c.host) << c.url;
    EXPECT_EQ(endpoint->port, c.port) << c.url;
  }
  for (const char* url : {"", "example.org", "//example.org/", "http://", "http:///x", "http://a:0/", "http://a:65536/",
                          "http://a:8x/", "http://[::1/", "ftp://example.org/"}) {
    EXPECT_FALSE(endpoint_of_url(url)) << url;
  }
}

TEST(Endpoint, OfProxies) {
  const struct {
    const char* url;
    const char* scheme;
    const char* host;
    int port;
  } kCases[] = {
      {"http://proxy.example:3128", "http", "proxy.example", 3128},
      {"http://user:p%2Fw@proxy.example:3128/", "http", "proxy.example", 3128},
      {"http://proxy.example", "http", "proxy.example", 1080},
      {"https://proxy.example", "https", "proxy.example", 443},
      {"socks5h://u:p:q@[2001:db8::1]", "socks5h", "2001:db8::1", 1080},
  };
  for (const auto& c : kCases) {
    const auto endpoint = endpoint_of_proxy(c.url);
    ASSERT_TRUE(endpoint) << c.url;
    EXPECT_EQ(endpoint->scheme, c.scheme) << c.url;
    EXPECT_EQ(endpoint->host, c.host) << c.url;
    EXPECT_EQ(endpoint->port, c.port) << c.url;
  }
  for (const char* url : {"", "proxy.example:1", "ftp://proxy.example", "http://user:p/w@proxy.example:3128",
                          "http://user/pw@proxy.example:3128", "http://proxy.example/x", "http://a@b@proxy.example"})
    EXPECT_FALSE(endpoint_of_proxy(url)) << url;
}

TEST(Endpoint, OfNameServers) {
  const struct {
    const char* text;
    const char* host;
    int port;
  } kCases[] = {{"192.0.2.1", "192.0.2.1", 53},
                {"192.0.2.1:5353", "192.0.2.1", 5353},
                {"2001:db8::1", "2001:db8::1", 53},
                {"[2001:db8::1]", "2001:db8::1", 53},
                {"[2001:db8::1]:5353", "2001:db8::1", 5353}};
  for (const auto& c : kCases) {
    const auto endpoint = endpoint_of_name_server(c.text);
    ASSERT_TRUE(endpoint) << c.text;
    EXPECT_EQ(endpoint->host, c.host) << c.text;
    EXPECT_EQ(endpoint->port, c.port) << c.text;
  }
  for (const char* text : {"", "ns.example", "192.0.2.1:0", "[192.0.2.1]", "192.0.2", "192.0.2.1:53 "})
    EXPECT_FALSE(endpoint_of_name_server(text)) << text;
}

TEST(Endpoint, AZeroByteIsInNoText) {
  using namespace std::string_view_literals;
  for (const std::string_view text : {"127.0.0.1\0:80"sv, "localhost\0x:80"sv, "[::1\0]:80"sv, "a:80\0"sv})
    EXPECT_FALSE(endpoint_of_host_and_port(text)) << text;
  for (const std::string_view text : {"127.0.0.1\0"sv, "127.0.0.1\0:53"sv, "::1\0"sv, "[::1\0]"sv})
    EXPECT_FALSE(endpoint_of_name_server(text)) << text;
  for (const std::string_view text : {"http://a\0:80"sv, "http://u\0@a:80"sv, "http://[::1\0]"sv})
    EXPECT_FALSE(endpoint_of_proxy(text)) << text;
}

}  // namespace
}  // namespace wswp
