// https://url.spec.whatwg.org/#host-parsing
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "url/url.h"

namespace wswp::url {
namespace {

std::string host_of(std::string_view host) {
  Url url;
  const Problem problem = parse_into("http://" + std::string(host) + "/", nullptr, url);
  return problem == Problem::kNone ? std::string(url.host()) : std::string(describe(problem));
}

using Cases = std::vector<std::pair<std::string_view, std::string_view>>;

void expect_hosts(const Cases& cases) {
  for (const auto& [host, expected] : cases) EXPECT_EQ(host_of(host), expected) << host;
}

void expect_problem(Problem problem, const std::vector<std::string_view>& hosts) {
  for (const std::string_view host : hosts) EXPECT_EQ(host_of(host), describe(problem)) << host;
}

TEST(Host, NamesBecomeLowerCaseAndAreDecoded) {
  expect_hosts({{"Example.COM", "example.com"},
                {"ex%61mple.com", "example.com"},
                {"%45xample.com", "example.com"},
                {"_dmarc.a_b.example", "_dmarc.a_b.example"},
                {"example.com.", "example.com."},
                {"a..b", "a..b"},
                {"-a-.b", "-a-.b"}});
}

TEST(Host, ForbiddenDomainCodePoints) {
  expect_problem(Problem::kHostCharacter, {"a b", "a<b", "a>b", "a^b", "a|b", "a%20b", "a%2Fb", "a%3Ab", "a%00b",
                                           "a%7Fb", "a%", "a%2", "a%2541", "a[b", "a]b",
                                           "a\x01"
                                           "b"});
}

TEST(Host, InternationalNamesBecomeAscii) {
  expect_hosts({{"b\u00FCcher.example", "xn--bcher-kva.example"},
                {"B\u00DCCHER.example", "xn--bcher-kva.example"},
                {"b%C3%BCcher.example", "xn--bcher-kva.example"},
                {"fa\u00DF.de", "xn--fa-hia.de"},                    // non-transitional
                {"\u4F8B\u3002\u4E2D\u56FD", "xn--fsq.xn--fiqs8s"},  // the ideographic full stop is a dot
                {"\uFF45\uFF58.com", "ex.com"},                      // full-width letters
                {"a\u00ADb.com", "ab.com"},                          // soft hyphen: ignored
                {"xn--bcher-kva.example", "xn--bcher-kva.example"}});
}

TEST(Host, Uts46ChangesOfUnicode16) {
  expect_hosts({{"\u1E9E.de", "xn--zca.de"},
                {"\u10A0.ge", host_of("\u2D00.ge")},
                {"a\u180E.com", "a.com"},
                {"a\u206F\u3164.com", "a.com"},
                {"\U0002F91F.cn", host_of("\U000243AB.cn")}});
}

TEST(Host, RefusesNamesThatUts46Refuses) {
  expect_problem(Problem::kHostName,
                 {"\u00AD", "\u202E.com", "xn--a.\u00DF", "\u0300a.com", "\u200D.com", "\uFFFD.com", "a\xFF.com",
                  "\u05D0"
                  "a.com"});
}

TEST(Host, LengthOfInternationalNamesIsLimited) {
  std::string name;
  while (name.size() <= kMaxUnicodeHost) name += "\u00FC.";
  EXPECT_EQ(host_of(name), describe(Problem::kTooLong));
  std::string label;
  while (label.size() < 2 * kMaxUnicodeLabel) label += "\u00FC";
  EXPECT_TRUE(host_of(label + ".com").starts_with("xn--"));
  EXPECT_TRUE(host_of(label + "\u3002" + label).starts_with("xn--")) << "two labels";
  EXPECT_EQ(host_of(label + "\u00FC.com"), describe(Problem::kTooLong));
  EXPECT_EQ(host_of("a." + label + "-\u00FC"), describe(Problem::kTooLong));
}

TEST(Host, Ipv4NumberForms) {
  expect_hosts({{"127.0.0.1", "127.0.0.1"},
                {"127.1", "127.0.0.1"},
                {"2130706433", "127.0.0.1"},
                {"0x7f.0.0.1", "127.0.0.1"},
                {"0X7F000001", "127.0.0.1"},
                {"0177.0.0.01", "127.0.0.1"},
                {"1.2.3", "1.2.0.3"},
                {"1.2.3.4.", "1.2.3.4"},
                {"0x.0x.0", "0.0.0.0"},
                {"4294967295", "255.255.255.255"},
                {"%31%32%37.1", "127.0.0.1"},
                {"\uFF11.1", "1.0.0.1"}});
}

TEST(Host, EndsInANumberAndIsNoIpv4Address) {
  expect_problem(Problem::kIpv4, {"256.0.0.1", "1.2.3.4.5", "1.2.3.256", "4294967296", "1.16777216", "a.1", "a.0x",
                                  "1..2", "08", "1.2.3.09", "0xg.1", "99999999999999999999999999", "a.b.0x1f"});
}

TEST(Host, DoesNotEndInANumber) {
  expect_hosts(
      {{"1.a", "1.a"}, {"1a", "1a"}, {"a.1b", "a.1b"}, {"0xz", "0xz"}, {"1.2.3.4..", "1.2.3.4.."}, {"1e5", "1e5"}});
}

TEST(Host, Ipv6IsCompressed) {
  expect_hosts({{"[::1]", "[::1]"},
                {"[::]", "[::]"},
                {"[0:0:0:0:0:0:0:1]", "[::1]"},
                {"[2001:DB8:0:0:1:0:0:1]", "[2001:db8::1:0:0:1]"},
                {"[1:0:0:2:0:0:0:3]", "[1:0:0:2::3]"},
                {"[1:2:3:4:5:6:7:0]", "[1:2:3:4:5:6:7:0]"},
                {"[1::2:3:4:5:6:7]", "[1:0:2:3:4:5:6:7]"},
                {"[1::]", "[1::]"},
                {"[1:2:3:4:5:6:7::]", "[1:2:3:4:5:6:7:0]"},
                {"[::1:2:3:4:5:6:7]", "[0:1:2:3:4:5:6:7]"},
                {"[::ffff:192.168.0.1]", "[::ffff:c0a8:1]"},
                {"[1:2:3:4:5:6:1.2.3.4]", "[1:2:3:4:5:6:102:304]"},
                {"[00a0::0b]", "[a0::b]"}});
}

TEST(Host, RefusesWhatIsNoIpv6) {
  expect_problem(Problem::kIpv6, {"[]",
                                  "[:]",
                                  "[1]",
                                  "[1:2:3:4:5:6:7]",
                                  "[1:2:3:4:5:6:7:8:9]",
                                  "[1::2::3]",
                                  "[:1::2]",
                                  "[1:::2]",
                                  "[::12345]",
                                  "[::g]",
                                  "[1:2:3:4:5:6:7:]",
                                  "[::1",
                                  "[::1]a",
                                  "[::1%25eth0]",
                                  "[::1.2.3]",
                                  "[::1.2.3.4.5]",
                                  "[::1.2.3.256]",
                                  "[::01.2.3.4]",
                                  "[1:2:3:4:5:6:7:1.2.3.4]",
                                  "[::.1.2.3]",
                                  "[::1.2.3.4:5]",
                                  "[::a.2.3.4]",
                                  "[1:2:3:4:5:6:7:8::]",
                                  "[1::2:3:4:5:6:7:8]",
                                  "[1:2:3:4:5:6:7::8]"});
}

}  // namespace
}  // namespace wswp::url
