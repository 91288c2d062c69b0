#include "robots/pattern.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace wswp::robots {
namespace {

/// As written in a robots.txt and in a URL.
bool match(std::string_view pattern, std::string_view path) {
  return matches(normalize_pattern(pattern), normalize_path(path));
}

TEST(Rfc9309Section2_2_2, ComparisonTable) {
  EXPECT_TRUE(match("/foo/bar?baz=quz", "/foo/bar?baz=quz"));
  EXPECT_TRUE(match("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar"));
  EXPECT_TRUE(match("/foo/bar?baz=https%3A%2F%2Ffoo.bar", "/foo/bar?baz=https://foo.bar"));
  EXPECT_TRUE(match("/foo/bar/\xE3\x83\x84", "/foo/bar/%E3%83%84"));
  EXPECT_TRUE(match("/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84"));
  EXPECT_TRUE(match("/foo/bar/%E3%83%84", "/foo/bar/\xE3\x83\x84"));
  EXPECT_TRUE(match("/foo/bar/%62%61%7A", "/foo/bar/baz"));
  EXPECT_TRUE(match("/foo/bar/baz", "/foo/bar/%62%61%7a"));
}

TEST(Rfc9309Section2_2_2, HexadecimalDigitsIgnoreCase) {
  EXPECT_TRUE(match("/a%2fb", "/a%2Fb"));
  EXPECT_TRUE(match("/%e3%83%84", "/%E3%83%84"));
}

TEST(Rfc9309Section2_2_2, EncodedReservedCharactersOfThePathAreNotThePlainOnes) {
  EXPECT_FALSE(match("/a%2Fb", "/a/b"));
  EXPECT_FALSE(match("/a/b", "/a%2Fb"));
  EXPECT_FALSE(match("/a%3Fb", "/a?b"));
  EXPECT_FALSE(match("/a%2Cb", "/a,b"));
}

TEST(Rfc9309Section2_2_2, SeparatorsOfTheQueryMatchEncodedOrNot) {
  EXPECT_TRUE(match("/*?next=/login", "/x?next=%2Flogin"));
  EXPECT_TRUE(match("/*/login", "/x?next=/login"));
  EXPECT_TRUE(match("/*/login", "/x?next=%2Flogin"));
  EXPECT_TRUE(match("/*%2Flogin", "/x?next=%2Flogin"));
  EXPECT_FALSE(match("/x?a=1%26b", "/x?a=1&b"));
}

// https://url.spec.whatwg.org/#special-query-percent-encode-set: canonical URLs have "%27" where their authors, and
// those of robots.txt, wrote an apostrophe.
TEST(Rfc9309Section2_2_2, AnApostropheOfTheQueryMatchesEncodedOrNot) {
  EXPECT_TRUE(match("/find?q='x'", "/find?q=%27x%27"));
  EXPECT_TRUE(match("/*'x'", "/find?q=%27x%27"));
  EXPECT_TRUE(match("/*%27x", "/find?q=%27x"));
  EXPECT_TRUE(match("/find?q=%27x", "/find?q='x"));
  EXPECT_TRUE(match("/it's", "/it's"));
  EXPECT_FALSE(match("/it's", "/it%27s"));
}

TEST(Rfc9309Section2_2_2, WhatAUriCannotHoldIsEncoded) {
  EXPECT_EQ(normalize_pattern("/a b\"<>%zz%"), "/a%20b%22%3C%3E%25zz%25");
  EXPECT_TRUE(match("/a b", "/a%20b"));
  EXPECT_TRUE(match("/100%", "/100%25"));
  EXPECT_TRUE(match("/100%zz", "/100%zz"));
  EXPECT_EQ(normalize_pattern("/%7euser/%41%2d"), "/~user/A-");
}

TEST(Rfc9309Section2_2_3, SpecialCharacterTable) {
  EXPECT_TRUE(match("/allow/this/$", "/allow/this/"));
  EXPECT_FALSE(match("/allow/this/$", "/allow/this/x"));
  EXPECT_TRUE(match("/path/*/exactly", "/path/a/b/exactly"));
  EXPECT_TRUE(match("/path/*/exactly", "/path//exactly"));
  EXPECT_FALSE(match("/path/*/exactly", "/path/exactly"));
}

TEST(Rfc9309Section2_2_3, EncodedSpecialCharactersAreVerbatim) {
  EXPECT_TRUE(match("/path/file-with-a-%2A.html", "/path/file-with-a-*.html"));
  EXPECT_FALSE(match("/path/file-with-a-%2A.html", "/path/file-with-a-b.html"));
  EXPECT_TRUE(match("/path/foo-%24", "/path/foo-$"));
  EXPECT_FALSE(match("/path/foo-%24", "/path/foo-"));
  EXPECT_TRUE(match("/path/*", "/path/*"));
}

TEST(Rfc9309Section2_2_3, ADollarThatIsNotAtTheEndIsVerbatim) {
  EXPECT_TRUE(match("/a$b", "/a$b"));
  EXPECT_FALSE(match("/a$b", "/a"));
  EXPECT_TRUE(match("/a$$", "/a$"));
  EXPECT_FALSE(match("/a$*", "/a"));
}

TEST(Matching, Stars) {
  EXPECT_TRUE(match("*", "/"));
  EXPECT_TRUE(match("/**", "/"));
  EXPECT_TRUE(match("/*$", "/anything"));
  EXPECT_TRUE(match("/a*b*c", "/aXbYcZ"));
  EXPECT_TRUE(match("/a*b*c$", "/abcbc"));
  EXPECT_FALSE(match("/a*b*c$", "/abcb"));
  EXPECT_TRUE(match("/*ab*ab$", "/abab"));
  EXPECT_FALSE(match("/*ab*ab$", "/ab"));
  EXPECT_FALSE(match("/*aba*aba$", "/ababa"));
  EXPECT_TRUE(match("/$", "/"));
  EXPECT_FALSE(match("/$", "/a"));
}

/// Every pattern over a small alphabet against every path, compared with the definition.
bool by_definition(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return true;
  if (pattern == "$") return path.empty();
  if (pattern[0] == '*') {
    return by_definition(pattern.substr(1), path) || (!path.empty() && by_definition(pattern, path.substr(1)));
  }
  return !path.empty() && path[0] == pattern[0] && by_definition(pattern.substr(1), path.substr(1));
}

std::string word(unsigned number, std::string_view alphabet) {
  std::string text;
  for (; number > 0; number /= static_cast<unsigned>(alphabet.size())) text += alphabet[number % alphabet.size()];
  return text;
}

TEST(Matching, AgreesWithTheDefinition) {
  for (unsigned p = 0; p < 243; ++p) {
    for (const bool anchored : {false, true}) {
      const std::string pattern = "/" + word(p, "ab*") + (anchored ? "$" : "");
      for (unsigned n = 0; n < 64; ++n) {
        const std::string path = "/" + word(n, "ab");
        EXPECT_EQ(matches(pattern, path), by_definition(pattern, path)) << pattern << " " << path;
      }
    }
  }
}

TEST(Matching, HostilePatternsTakeNoExponentialTime) {
  std::string pattern = "/";
  for (int i = 0; i < 2000; ++i) pattern += "*a";
  pattern += "*b";
  const std::string path = "/" + std::string(8000, 'a');
  EXPECT_FALSE(match(pattern, path));
  EXPECT_FALSE(match(pattern + "$", path));
  EXPECT_TRUE(match(pattern, path + "b"));
}

}  // namespace
}  // namespace wswp::robots
