#include <string>
#include <string_view>

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

TEST(Scope, SchemeAndPortDoNotMatter) {
  EXPECT_TRUE(same_site(*parse("https://www.example.com:8443/a"), *parse("http://example.com/")));
}

}  // namespace
}  // namespace wswp::url
