#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "url/scope.h"

namespace wswp::url {
namespace {

bool of_one_site(std::string_view host, std::string_view other) {
  return Site(host).contains(other);
}

TEST(Scope, RegistrableDomainIsOneLabelBelowThePublicSuffix) {
  EXPECT_EQ(registrable_domain("example.com"), "example.com");
  EXPECT_EQ(registrable_domain("a.b.example.com"), "example.com");
  EXPECT_EQ(registrable_domain("news.bbc.co.uk"), "bbc.co.uk");
  EXPECT_EQ(registrable_domain("www.example.xn--fiqs8s"), "example.xn--fiqs8s");
}

TEST(Scope, PrivateSuffixesSeparateTheirUsers) {
  EXPECT_EQ(registrable_domain("www.alice.github.io"), "alice.github.io");
  EXPECT_FALSE(of_one_site("alice.github.io", "bob.github.io"));
}

TEST(Scope, WhatHasNoRegistrableDomainIsItsOwn) {
  for (const char* host : {"com", "co.uk", "github.io", "localhost", "127.0.0.1", "[::1]", "", "."})
    EXPECT_EQ(registrable_domain(host), host);
}

TEST(Scope, TheDotOfTheRootStays) {
  EXPECT_EQ(registrable_domain("www.example.com."), "example.com.");
}

TEST(Scope, SameSite) {
  EXPECT_TRUE(of_one_site("example.com", "example.com"));
  EXPECT_TRUE(of_one_site("www.example.com", "example.com"));
  EXPECT_TRUE(of_one_site("a.b.example.co.uk", "c.example.co.uk"));
  EXPECT_TRUE(of_one_site("localhost", "localhost"));
  EXPECT_TRUE(of_one_site("127.0.0.1", "127.0.0.1"));
}

TEST(Scope, NotSameSite) {
  EXPECT_FALSE(of_one_site("example.com", "example.org"));
  EXPECT_FALSE(of_one_site("example.com", "badexample.com"));
  EXPECT_FALSE(of_one_site("a.co.uk", "b.co.uk"));
  EXPECT_FALSE(of_one_site("com", "example.com"));
  EXPECT_FALSE(of_one_site("10.0.0.1", "20.0.0.1"));
  EXPECT_FALSE(of_one_site("1.2.0.1", "3.4.0.1"));
  EXPECT_FALSE(of_one_site("localhost", "example.localhost"));
  EXPECT_FALSE(of_one_site("", "a"));
}

TEST(Scope, ASiteIsAskedAboutManyHosts) {
  Site site("www.bbc.co.uk");
  for (int round = 0; round < 2; ++round) {
    EXPECT_TRUE(site.contains("www.bbc.co.uk"));
    EXPECT_TRUE(site.contains("news.bbc.co.uk"));
    EXPECT_TRUE(site.contains("bbc.co.uk"));
    EXPECT_FALSE(site.contains("itv.co.uk"));
    EXPECT_FALSE(site.contains("bbc.com"));
    EXPECT_FALSE(site.contains("co.uk"));
  }
}

TEST(Scope, LinksToElsewhereAreToldWithoutParsing) {
  const Site site("www.example.co.uk");
  for (const char* reference :
       {"http://example.org/", "https://example.org", "//a.example.org/x", "http://example.org?q",
        "https://example.org#f", "http://example.com./", "http://localhost/"}) {
    EXPECT_TRUE(site.excludes(reference)) << reference;
  }
}

TEST(Scope, NoLinkIsExcludedThatLeadsToTheSite) {
  const std::vector<std::string> hosts = {"www.example.co.uk",
                                          "example.co.uk",
                                          "WWW.EXAMPLE.CO.UK",
                                          "ex%61mple.co.uk",
                                          "user@example.co.uk",
                                          "a:b@example.co.uk",
                                          "example.co.uk:8",
                                          "\xEF\xBD\x85xample.co.uk",
                                          "a.org",
                                          "a.org@example.co.uk",
                                          "a.org:b@example.co.uk",
                                          "a.org\\@example.co.uk",
                                          "127.0.0.1",
                                          "127.1",
                                          "0x7f.1",
                                          "2130706433",
                                          "a+b.co.uk",
                                          "",
                                          "[::1]",
                                          "a.org\t",
                                          "exam\nple.co.uk",
                                          "co.uk",
                                          "other.co.uk",
                                          "uk"};
  for (const char* page : {"http://www.example.co.uk/a", "https://127.0.0.1/", "http://example.co.uk./"}) {
    const Url base = *parse(page);
    Site site(base.host());
    int excluded = 0;
    for (const char* before :
         {"http://", "https://", "//", "HTTP://", "http:/", "http:", "https:///", "/", "", " http://"}) {
      for (const std::string& host : hosts) {
        for (const char* after : {"", "/", "/x", "?x", "#x", "/@example.co.uk", "?@example.co.uk", "\\x", " "}) {
          const std::string reference = before + host + after;
          if (!site.excludes(reference)) continue;
          ++excluded;
          Url target;
          EXPECT_FALSE(resolve(reference, base, target) && site.contains(target.host())) << reference;
        }
      }
    }
    EXPECT_GT(excluded, 10);
  }
}

TEST(Scope, SchemeAndPortDoNotMatter) {
  EXPECT_TRUE(same_site(*parse("https://www.example.com:8443/a"), *parse("http://example.com/")));
}

}  // namespace
}  // namespace wswp::url
