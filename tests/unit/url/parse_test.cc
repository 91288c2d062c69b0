// Absolute URLs: https://url.spec.whatwg.org/#url-parsing, section names in the test names.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "url/url.h"

namespace wswp::url {
namespace {

std::string canonical(std::string_view text) {
  const Result<Url> url = parse(text);
  return url ? url->href() : url.message();
}

Problem problem_of(std::string_view text) {
  Url url;
  const Problem problem = parse_into(text, nullptr, url);
  EXPECT_EQ(url.empty(), problem != Problem::kNone) << text;
  return problem;
}

TEST(Parse, GivesTheParts) {
  const Result<Url> url = parse("http://example.com:8080/a/b?c=d");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->href(), "http://example.com:8080/a/b?c=d");
  EXPECT_EQ(url->scheme(), "http");
  EXPECT_EQ(url->host(), "example.com");
  EXPECT_EQ(url->port(), 8080);
  EXPECT_EQ(url->origin(), "http://example.com:8080");
  EXPECT_EQ(url->target(), "/a/b?c=d");
}

TEST(Parse, GivesThePartsWithoutPortAndPath) {
  const Result<Url> url = parse("https://example.com");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->href(), "https://example.com/");
  EXPECT_EQ(url->scheme(), "https");
  EXPECT_EQ(url->host(), "example.com");
  EXPECT_EQ(url->port(), 443);
  EXPECT_EQ(url->origin(), "https://example.com");
  EXPECT_EQ(url->target(), "/");
}

TEST(Parse, AnEmptyUrlHasEmptyParts) {
  const Url url;
  EXPECT_TRUE(url.empty());
  EXPECT_EQ(url.scheme(), "");
  EXPECT_EQ(url.host(), "");
  EXPECT_EQ(url.origin(), "");
  EXPECT_EQ(url.target(), "");
  EXPECT_EQ(url.port(), 0);
}

TEST(Parse, UrlsAreEqualWhenTheirCanonicalTextIs) {
  EXPECT_EQ(*parse("HTTP://example.com:80"), *parse("http://EXAMPLE.com/#top"));
  EXPECT_FALSE(*parse("http://example.com/") == *parse("https://example.com/"));
}

TEST(Parse, BasicUrlParserStripsBlanksTabsAndNewlines) {
  EXPECT_EQ(canonical(" \r\n http://example.com/a \x01"), "http://example.com/a");
  EXPECT_EQ(canonical("ht\ntp://exa\tmple.com/a\r\nb?c\td"), "http://example.com/ab?cd");
}

TEST(Parse, SchemeStateIgnoresCase) {
  EXPECT_EQ(canonical("hTTpS://example.com/"), "https://example.com/");
}

TEST(Parse, SchemeStateRefusesOtherSchemes) {
  for (const char* text : {"mailto:a@example.com", "javascript:void(0)", "ftp://example.com/", "data:,x", "tel:+1",
                           "file:///etc/passwd", "ws://example.com/", "httpx://example.com/"})
    EXPECT_EQ(problem_of(text), Problem::kOtherScheme) << text;
}

TEST(Parse, NoSchemeStateNeedsABase) {
  for (const char* text : {"", "example.com", "/a", "//example.com/", "?a", "#a", "1http://example.com/", "://a"})
    EXPECT_EQ(problem_of(text), Problem::kNoScheme) << text;
  EXPECT_EQ(parse("example.com").message(), "not a URL: it does not begin with http:// or https://");
}

TEST(Parse, SpecialAuthoritySlashesStateTakesAnyNumberOfSlashes) {
  for (const char* text : {"http:example.com/a", "http:/example.com/a", "http:///example.com/a",
                           "http:\\\\example.com\\a", "http:/\\/example.com/a"})
    EXPECT_EQ(canonical(text), "http://example.com/a") << text;
}

TEST(Parse, AuthorityStateDropsCredentials) {
  EXPECT_EQ(canonical("http://user@example.com/"), "http://example.com/");
  EXPECT_EQ(canonical("http://user:pass@example.com:81/"), "http://example.com:81/");
  EXPECT_EQ(canonical("http://a@b@c@example.com/@d"), "http://example.com/@d");
}

TEST(Parse, HostStateNeedsAHost) {
  for (const char* text : {"http://", "http:", "http:///", "http://?a", "http://#a", "http://:80/", "http://user@/"})
    EXPECT_EQ(problem_of(text), Problem::kNoHost) << text;
}

TEST(Parse, PortStateDropsDefaultsAndLeadingZeros) {
  EXPECT_EQ(canonical("http://example.com:80/"), "http://example.com/");
  EXPECT_EQ(canonical("https://example.com:443/"), "https://example.com/");
  EXPECT_EQ(canonical("https://example.com:80/"), "https://example.com:80/");
  EXPECT_EQ(canonical("http://example.com:/"), "http://example.com/");
  EXPECT_EQ(canonical("http://example.com:00000000081"), "http://example.com:81/");
  EXPECT_EQ(canonical("http://example.com:0/"), "http://example.com:0/");
  EXPECT_EQ(canonical("http://example.com:65535/"), "http://example.com:65535/");
}

TEST(Parse, PortStateRefusesWhatIsNoPort) {
  for (const char* text : {"http://example.com:65536/", "http://example.com:8o/", "http://example.com:-1/",
                           "http://example.com:+1/", "http://example.com: 80/", "http://example.com:99999999999999/"})
    EXPECT_EQ(problem_of(text), Problem::kPort) << text;
}

TEST(Parse, PathStateResolvesDotSegments) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {{"/.", "/"},
                                                                            {"/..", "/"},
                                                                            {"/a/.", "/a/"},
                                                                            {"/a/..", "/"},
                                                                            {"/a/b/..", "/a/"},
                                                                            {"/a/./b", "/a/b"},
                                                                            {"/a/../b", "/b"},
                                                                            {"/../../a", "/a"},
                                                                            {"/a/b/../../c", "/c"},
                                                                            {"/a//../b", "/a/b"},
                                                                            {"/a/%2e/b", "/a/b"},
                                                                            {"/a/%2E./b", "/b"},
                                                                            {"/a/.%2e/b", "/b"},
                                                                            {"/a/%2e%2E", "/"},
                                                                            {"/a/...", "/a/..."},
                                                                            {"/.a/..b", "/.a/..b"},
                                                                            {"/a/%2eb", "/a/%2eb"},
                                                                            {"/a\\..\\b", "/b"},
                                                                            {"//", "//"},
                                                                            {"/a/%2", "/a/%2"}};
  for (const auto& [path, expected] : cases)
    EXPECT_EQ(canonical("http://example.com" + std::string(path)), "http://example.com" + std::string(expected))
        << path;
}

TEST(Parse, PathPercentEncodeSet) {
  EXPECT_EQ(canonical("http://h/ \"<>`{}^\x7F\x01'|~"), "http://h/%20%22%3C%3E%60%7B%7D%5E%7F%01'|~");
  EXPECT_EQ(canonical("http://h/ü%zz%41"), "http://h/%C3%BC%zz%41");
}

TEST(Parse, SpecialQueryPercentEncodeSet) {
  EXPECT_EQ(canonical("http://h/?a b\"<>'`{}^\\/.."), "http://h/?a%20b%22%3C%3E%27`{}^\\/..");
  EXPECT_EQ(canonical("http://h/?ü"), "http://h/?%C3%BC");
  EXPECT_EQ(canonical("http://h?a?b"), "http://h/?a?b");
  EXPECT_EQ(canonical("http://h/?"), "http://h/?");
}

TEST(Parse, FragmentStateIsDropped) {
  EXPECT_EQ(canonical("http://h/a#b"), "http://h/a");
  EXPECT_EQ(canonical("http://h#b/c?d"), "http://h/");
  EXPECT_EQ(canonical("http://h/?a#b#c"), "http://h/?a");
}

TEST(Parse, BytesThatAreNotUtf8AreEncodedAsTheyStand) {
  EXPECT_EQ(canonical("http://h/caf\xE9?\xFF"), "http://h/caf%E9?%FF");
  EXPECT_EQ(problem_of("http://caf\xE9.example/"), Problem::kHostName);
}

TEST(Parse, LengthIsLimited) {
  const std::string start = "http://h/";
  EXPECT_EQ(problem_of(start + std::string(kMaxLength - start.size(), 'a')), Problem::kNone);
  EXPECT_EQ(problem_of(start + std::string(kMaxLength - start.size() + 1, 'a')), Problem::kTooLong);
  EXPECT_EQ(problem_of(start + std::string(kMaxLength / 2, ' ') + "a"), Problem::kTooLong) << "encoded, it is too long";
  EXPECT_EQ(problem_of("http://" + std::string(kMaxLength, 'a') + "/"), Problem::kTooLong);
}

TEST(Parse, CanonicalFormIsIdempotent) {
  for (const char* text : {"http://EXAMPLE.com:80",
                           "http://b\xC3\xBC"
                           "cher.example/ü?ü ü",
                           "http://0x7F.1/..//./a", "http://[1:0:0::0.0.0.1]:8/", "http://h/%2e%2E/%41 b", "http://h?'",
                           "http://h/?#", "http://h/caf\xE9"}) {
    const std::string once = canonical(text);
    EXPECT_TRUE(once.starts_with("http://")) << once;
    EXPECT_EQ(canonical(once), once);
  }
}

TEST(Parse, EveryProblemHasItsWords) {
  for (const char* text :
       {"a", "ftp:a", "http://", "http://a b", "http://\xE2\x80\xAE", "http://1.2.3.4.5", "http://[1", "http://a:b"}) {
    const Result<Url> url = parse(text);
    ASSERT_FALSE(url) << text;
    EXPECT_TRUE(url.message().starts_with("not a URL: ")) << url.message();
  }
}

}  // namespace
}  // namespace wswp::url
