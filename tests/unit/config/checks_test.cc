#include "config/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wswp::config {
namespace {

using ::testing::HasSubstr;

void expect(Result<> (*check)(std::string_view), const std::vector<std::string>& good,
            const std::vector<std::string>& bad) {
  for (const std::string& text : good) EXPECT_TRUE(check(text)) << text << ": " << check(text).message();
  for (const std::string& text : bad) EXPECT_FALSE(check(text)) << text;
}

/// `text` with a zero byte for '|'.
std::string zero(std::string text) {
  std::replace(text.begin(), text.end(), '|', '\0');
  return text;
}

TEST(Checks, Paths) {
  expect(check_absolute_path, {"/", "/var/lib/wswp"}, {"", "var", "./x", "~/x", std::string("/a\0b", 4)});
  expect(check_socket_path, {"/run/x.sock", "/" + std::string(106, 'x')}, {"", "x.sock", "/" + std::string(107, 'x')});
}

TEST(Checks, UserAgent) {
  expect(check_user_agent, {"wswp", "wswp/1.0 (+https://example.org/)", "_x", "-"},
         {"", " wswp", "/1.0", "1wswp", "wswp\r\nX: y", "wswp \xC3\xA9", "(wswp)"});
}

TEST(Checks, ContactInAUserAgent) {
  for (const char* text : {"a/1 (+https://example.org/bot)", "a (http://example.org)", "a/1 (me@example.org)"})
    EXPECT_TRUE(has_contact(text)) << text;
  for (const char* text : {"wswp/1.0", "a (example.org)", "https"}) EXPECT_FALSE(has_contact(text)) << text;
}

TEST(Checks, ConnectTo) {
  expect(check_connect_to, {"", "localhost:80", "127.0.0.1:1", "a-b.example.org:65535", "[::1]:8080"},
         {zero("localhost|:80"),
          zero("127.0.0.1|:80"),
          zero("[::1|]:80"),
          zero("a:80|"),
          "localhost",
          ":80",
          "localhost:",
          "localhost:0",
          "localhost:65536",
          "localhost:8x",
          "localhost:-1",
          "a b:80",
          "::1:80",
          "[::1]",
          "[::1:80",
          "[x]:80",
          "[127.0.0.1]:80",
          "http://a:80",
          "a..b:80",
          "[::1]80"});
}

TEST(Checks, Proxy) {
  expect(check_proxy,
         {"http://p", "https://p:3128", "socks4://10.0.0.1:1080", "socks4a://p:1080", "socks5://user:pa:ss@p:1080",
          "socks5h://[::1]:1080", "http://p:3128/"},
         {"", "p:3128", "ftp://p", "HTTP//p", "http://", "http://:3128", "http://p:0", "http://p:x", "http://p/path",
          "http://p q", "http://user@", "http://::1", zero("http://p|q:80"), zero("http://[::1|]:80")});
}

TEST(Checks, UserAndPasswordOfAProxyAreReadAsTransfersDo) {
  expect(
      check_proxy,
      {"http://u:p%2Fw@p:1", "http://u:@p", "http://:p@p", "http://u:p;w!$&'()*+,=~[]<>%zz@p", "http://u:\xC3\xA9@p"},
      {"http://user:p/w@proxy.example:3128", "http://user/pw@proxy.example", "http://u:p?w@p", "http://u:p#w@p",
       "http://u:p\\w@p", "http://u@v:w@p", "http://u:p w@p", "http://u:p\tw@p", "http://u:p\x7Fw@p", "http://u%00:p@p",
       zero("http://u|:p@p")});
}

TEST(Checks, Nameserver) {
  expect(check_nameserver, {"127.0.0.1", "127.0.0.1:5353", "::1", "[::1]", "[2001:db8::1]:53"},
         {"", "localhost", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "1.2.3", "[::1", "[::1]:x", "[127.0.0.1]:53",
          "ns.example.org:53", "1.2.3.4:53 ", zero("1.2.3.4|"), zero("1.2.3.4|:53"), zero("::1|"), zero("[::1|]:53"),
          zero("1.2.3.4:53|")});
}

TEST(Checks, LinkRegex) {
  expect(check_link_regex, {"", "$^", ".", "^https?://[^/]+/news/", "\\pL+"}, {"(", "a**", "(?=x)", "\\1", "[z-a]"});
  EXPECT_THAT(check_link_regex("a(b").message(), HasSubstr("missing ): a(b")) << "RE2 says what is wrong";
}

TEST(Sizes, AreWholeNumbersWithBinaryUnits) {
  const std::vector<std::pair<std::string_view, std::int64_t>> sizes = {{"0", 0},
                                                                        {"4096", 4096},
                                                                        {"7 B", 7},
                                                                        {"1 KiB", 1024},
                                                                        {"512KiB", 524288},
                                                                        {"10 MiB", 10485760},
                                                                        {"2  GiB", 2147483648}};
  for (const auto& [text, bytes] : sizes) {
    const auto parsed = parse_size(text);
    ASSERT_TRUE(parsed) << text << ": " << parsed.message();
    EXPECT_EQ(*parsed, bytes) << text;
  }
  for (const std::string_view text : {"", "x", "-1", "1.5 MiB", "1 MB", "1 mib", "1 MiB ", " 1", "1 MiB x",
                                      "9999999999 GiB", "99999999999999999999", "0x10"}) {
    EXPECT_FALSE(parse_size(text)) << text;
  }
}

TEST(Sizes, AreShownInTheLargestUnitThatFits) {
  EXPECT_EQ(format_size(0), "0 B");
  EXPECT_EQ(format_size(1), "1 B");
  EXPECT_EQ(format_size(1025), "1025 B");
  EXPECT_EQ(format_size(1024), "1 KiB");
  EXPECT_EQ(format_size(10 << 20), "10 MiB");
  EXPECT_EQ(format_size(1LL << 40), "1024 GiB");
}

}  // namespace
}  // namespace wswp::config
