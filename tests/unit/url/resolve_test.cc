// References against a base: https://url.spec.whatwg.org/#relative-state; many cases are those of RFC 3986,
// section 5.4.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "url/url.h"

namespace wswp::url {
namespace {

std::string resolved(std::string_view reference, std::string_view base_text) {
  const Result<Url> base = parse(base_text);
  const Result<Url> url = parse(reference, *base);
  return url ? url->href() : "failure";
}

TEST(Resolve, Rfc3986NormalExamples) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {"g", "http://a/b/c/g"},       {"./g", "http://a/b/c/g"},    {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},          {"//g", "http://g/"},         {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},   {"#s", "http://a/b/c/d;p?q"}, {"g#s", "http://a/b/c/g"},
      {"g?y#s", "http://a/b/c/g?y"}, {";x", "http://a/b/c/;x"},    {"g;x", "http://a/b/c/g;x"},
      {"", "http://a/b/c/d;p?q"},    {".", "http://a/b/c/"},       {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},         {"../", "http://a/b/"},       {"../g", "http://a/b/g"},
      {"../..", "http://a/"},        {"../../", "http://a/"},      {"../../g", "http://a/g"}};
  for (const auto& [reference, expected] : cases)
    EXPECT_EQ(resolved(reference, "http://a/b/c/d;p?q"), expected) << reference;
}

TEST(Resolve, Rfc3986AbnormalExamples) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {"../../../g", "http://a/g"},     {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},          {"g.", "http://a/b/c/g."},
      {"..g", "http://a/b/c/..g"},      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},     {"g/../h", "http://a/b/c/h"},
      {"g;x=1/../y", "http://a/b/c/y"}, {"g?y/../x", "http://a/b/c/g?y/../x"}};
  for (const auto& [reference, expected] : cases)
    EXPECT_EQ(resolved(reference, "http://a/b/c/d;p?q"), expected) << reference;
}

TEST(Resolve, SlashesInTheQueryOfTheBaseAreNoPath) {
  EXPECT_EQ(resolved("x", "http://h/a/b?c/d"), "http://h/a/x");
}

TEST(Resolve, KeepsThePortOfTheBase) {
  EXPECT_EQ(resolved("/a", "https://h:8443/b"), "https://h:8443/a");
  EXPECT_EQ(resolved("//g/a", "https://h:8443/b"), "https://g/a");
}

TEST(Resolve, TheSameSchemeWithoutSlashesIsRelative) {
  EXPECT_EQ(resolved("http:g", "http://h/a/b"), "http://h/a/g");
  EXPECT_EQ(resolved("http:/g", "http://h/a/b"), "http://h/g");
  EXPECT_EQ(resolved("http:", "http://h/a/b?c"), "http://h/a/b?c");
  EXPECT_EQ(resolved("http://g", "http://h/a/b"), "http://g/");
  EXPECT_EQ(resolved("https:g", "http://h/a/b"), "https://g/");
}

TEST(Resolve, BackslashesAreSlashes) {
  EXPECT_EQ(resolved("\\a\\b", "http://h/c"), "http://h/a/b");
  EXPECT_EQ(resolved("\\\\g\\a", "http://h/c"), "http://g/a");
  EXPECT_EQ(resolved("/\\g", "http://h/c"), "http://g/");
}

TEST(Resolve, AColonLaterIsNoScheme) {
  EXPECT_EQ(resolved("a/b:c", "http://h/"), "http://h/a/b:c");
  EXPECT_EQ(resolved("1:2", "http://h/"), "http://h/1:2");
  EXPECT_EQ(resolved("./a:b", "http://h/"), "http://h/a:b");
}

TEST(Resolve, RefusesOtherSchemesAndBadHosts) {
  const Url base = *parse("http://h/");
  Url out;
  EXPECT_EQ(parse_into("mailto:a", &base, out), Problem::kOtherScheme);
  EXPECT_FALSE(resolve("//a b/", base, out));
  EXPECT_TRUE(out.empty());
}

TEST(Resolve, ReusesTheTargetAfterFailureAndSuccess) {
  const Url base = *parse("https://example.com:444/dir/page?q");
  Url out = *parse("http://other/very/long/path/that/was/here/before");
  EXPECT_FALSE(resolve("ftp://x/", base, out));
  ASSERT_TRUE(resolve("next", base, out));
  EXPECT_EQ(out.href(), "https://example.com:444/dir/next");
  EXPECT_EQ(out.host(), "example.com");
  EXPECT_EQ(out.port(), 444);
  EXPECT_EQ(out.target(), "/dir/next");
  ASSERT_TRUE(resolve("http://[::1]/", base, out));
  EXPECT_EQ(out.host(), "[::1]");
  EXPECT_EQ(out.port(), 80);
}

}  // namespace
}  // namespace wswp::url
