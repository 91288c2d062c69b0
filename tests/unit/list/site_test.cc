// One row's text → a URL, or the reason why it is none.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "list/site.h"

namespace wswp::list {
namespace {

std::string outcome(std::string_view text) {
  SiteParser parser;
  return parser.parse(text) ? parser.url().href() : parser.reason();
}

void expect_outcomes(const std::vector<std::pair<std::string_view, std::string_view>>& cases) {
  for (const auto& [text, expected] : cases) EXPECT_EQ(outcome(text), expected) << text;
}

TEST(Site, BareNames) {
  expect_outcomes({{"example.com", "http://example.com/"},
                   {"EXAMPLE.com:8080", "http://example.com:8080/"},
                   {"example.com/a b?c#d", "http://example.com/a%20b?c"},
                   {"example.com?c", "http://example.com/?c"},
                   {"example.com.", "http://example.com./"},
                   {"_dmarc.a_b.example", "http://_dmarc.a_b.example/"},
                   {"b\u00FCcher.example", "http://xn--bcher-kva.example/"},
                   {"192.0.2.1", "http://192.0.2.1/"},
                   {"192.0.2.1:81/a", "http://192.0.2.1:81/a"},
                   {"example.com/?u=http://example.org/", "http://example.com/?u=http://example.org/"}});
}

TEST(Site, Urls) {
  expect_outcomes({{"http://localhost:8080/", "http://localhost:8080/"},
                   {"HTTPS://Example.com", "https://example.com/"},
                   {"http://[::1]/", "http://[::1]/"},
                   {"http://127.1/", "http://127.0.0.1/"},
                   {"http:/example.com/", "http://example.com/"},
                   {"HTTP:\\\\example.com\\a", "http://example.com/a"},
                   {"https:example.com", "https://example.com/"},
                   {"http://192.0.2.1/24", "http://192.0.2.1/24"},
                   {"http://user:pass@example.com/", "http://example.com/"}});
}

// docs/URLS.md: tabs and line ends are removed wherever they stand, what must be percent-encoded is.
TEST(Site, ControlCharactersAreReadAsInEveryUrl) {
  expect_outcomes({{"http://exa\tmple.com/a\tb?c\td", "http://example.com/ab?cd"},
                   {"ht\ttp://example.com/", "http://example.com/"},
                   {"http://example.com/\n a", "http://example.com/%20a"},
                   {"http://example.com/a\x7F?b\x7F\x01/", "http://example.com/a%7F?b%7F%01/"},
                   {"example.com/a\tb\x7F", "http://example.com/ab%7F"},
                   {"http://a\x7F.com/", "not a URL: the host has a character that no host name can have"}});
}

TEST(Site, AnAddressMayHaveAPath) {
  expect_outcomes({{"192.0.2.1/33", "http://192.0.2.1/33"},
                   {"192.0.2.1/24/", "http://192.0.2.1/24/"},
                   {"192.0.2.1/", "http://192.0.2.1/"},
                   {"example.com/24", "http://example.com/24"}});
}

TEST(Site, BareNamesNeedADot) {
  for (const char* text : {"localhost", "localhost:8080", "example/a.b", "com?a.b", "12", "a"})
    EXPECT_EQ(outcome(text), "not a domain name: no dot") << text;
}

TEST(Site, WhatIsNoDomainName) {
  expect_outcomes({{"", "not a domain name: empty"},
                   {"?a.b", "not a domain name: empty"},
                   {"/path.html", "not a URL: it is a path without a host"},
                   {"//example.com/x", "not a URL: its scheme is missing: write http:// or https://"},
                   {"173.0.84.110/24", "not a domain name: a network, not an address"},
                   {"10.0.0.0:80/8", "not a domain name: a network, not an address"},
                   {"a b.com", "not a domain name: it has a blank"},
                   {"a*.com", "not a domain name: it has a '*'"},
                   {"a<b>.com", "not a domain name: it has a '<'"},
                   {"a,b.com", "not a domain name: it has a ','"},
                   {"user@example.com", "not a domain name: it has a '@'"},
                   {"user:pass@example.com", "not a domain name: it has a '@'"},
                   {"mailto:user@example.com", "not a domain name: it has a '@'"},
                   {"[::1]:80", "not a domain name: it has a '['"},
                   {"a\tb.com", "not a domain name: it has a control character"},
                   {"a\x7F.com", "not a domain name: it has a control character"},
                   {"a.com:8\t0", "not a domain name: it has a control character"},
                   {"a..com", "not a domain name: a label is empty"},
                   {".com", "not a domain name: a label is empty"},
                   {".", "not a domain name: a label is empty"},
                   {"1.5", "not a domain name: a number"},
                   {"0x7f.1", "not a domain name: a number"},
                   {"a.1", "not a domain name: the host ends in a number and is not an IPv4 address"},
                   {"example.com:port", "not a domain name: the port is not a number from 0 to 65535"},
                   {"\u202E.com", "not a domain name: the host is not a valid internationalised name"}});
}

TEST(Site, WhatIsNoUrl) {
  expect_outcomes({{"ftp://example.com/", "not a URL: its scheme is neither http nor https"},
                   {"http://", "not a URL: the host is missing"},
                   {"http://a b/", "not a URL: the host has a character that no host name can have"},
                   {"http://a*b/", "not a domain name: it has a '*'"}});
}

TEST(Site, LengthsOfDns) {
  const std::string label(63, 'a');
  EXPECT_EQ(outcome(label + ".com"), "http://" + label + ".com/");
  EXPECT_EQ(outcome("a" + label + ".com"), "not a domain name: a label is longer than 63 characters");
  EXPECT_EQ(outcome("http://a" + label + "/"), "not a domain name: a label is longer than 63 characters");
  const std::string most = label + "." + label + "." + label + "." + std::string(61, 'a');
  EXPECT_EQ(outcome(most), "http://" + most + "/");
  EXPECT_EQ(outcome(most + "a"), "not a domain name: longer than 253 characters");
}

TEST(Site, IsReusable) {
  SiteParser parser;
  EXPECT_FALSE(parser.parse("no"));
  EXPECT_TRUE(parser.parse("a.com"));
  EXPECT_EQ(parser.url().href(), "http://a.com/");
  EXPECT_FALSE(parser.parse(""));
  EXPECT_EQ(parser.reason(), "not a domain name: empty");
}

}  // namespace
}  // namespace wswp::list
