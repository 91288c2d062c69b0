#include "net/address_policy.h"

#include <gtest/gtest.h>

#include "net/ip_address.h"

namespace wswp::net {
namespace {

bool judged_private(const char* text) {
  const auto address = IpAddress::parse(text);
  EXPECT_TRUE(address) << text;
  return is_private(address.value_or(IpAddress{}));
}

// The first and last addresses of the ranges of the IANA special-purpose registries.
TEST(AddressPolicy, RefusesWhatIsNotGloballyReachable) {
  for (const char* text : {"0.0.0.0",
                           "0.255.255.255",
                           "10.0.0.0",
                           "10.255.255.255",
                           "100.64.0.0",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.255.255",
                           "169.254.0.0",
                           "169.254.169.254",
                           "172.16.0.0",
                           "172.31.255.255",
                           "192.0.0.0",
                           "192.0.0.255",
                           "192.0.2.1",
                           "192.88.99.1",
                           "192.168.0.0",
                           "192.168.255.255",
                           "198.18.0.0",
                           "198.19.255.255",
                           "198.51.100.7",
                           "203.0.113.7",
                           "224.0.0.1",
                           "239.255.255.255",
                           "240.0.0.0",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:10.0.0.1",
                           "::ffff:127.0.0.1",
                           "::7f00:1",
                           "::8.8.8.8",
                           "64:ff9b::10.0.0.1",
                           "64:ff9b:1::1",
                           "100::1",
                           "2001::1",
                           "2001:2::1",
                           "2001:10::1",
                           "2001:1ff:ffff::",
                           "2001:db8::1",
                           "2002:a00:1::1",
                           "2002:7f00:1::",
                           "3fff:fff::1",
                           "4000::1",
                           "5f00::1",
                           "fc00::1",
                           "fdff::1",
                           "fe80::1",
                           "febf::1",
                           "fec0::1",
                           "ff02::1"}) {
    EXPECT_TRUE(judged_private(text)) << text;
  }
}

TEST(AddressPolicy, AllowsTheirNeighbours) {
  for (const char* text : {"1.0.0.0",         "9.255.255.255",
                           "11.0.0.0",        "100.63.255.255",
                           "100.128.0.0",     "126.255.255.255",
                           "128.0.0.0",       "169.253.255.255",
                           "169.255.0.0",     "172.15.255.255",
                           "172.32.0.0",      "192.0.1.0",
                           "192.0.3.0",       "192.88.98.255",
                           "192.167.255.255", "192.169.0.0",
                           "198.17.255.255",  "198.20.0.0",
                           "198.51.99.255",   "203.0.114.0",
                           "223.255.255.255", "8.8.8.8",
                           "::ffff:8.8.8.8",  "64:ff9b::8.8.8.8",
                           "2001:200::1",     "2001:4860:4860::8888",
                           "2002:808:808::1", "2600::1",
                           "2a00::1",         "3fff:1000::1"}) {
    EXPECT_FALSE(judged_private(text)) << text;
  }
}

TEST(AddressPolicy, LocalhostIsPrivateByName_RFC6761_6_3) {
  for (const char* name : {"localhost", "localhost.", "a.localhost", "a.b.localhost."})
    EXPECT_TRUE(is_private_name(name)) << name;
  for (const char* name : {"", ".", "example.org", "mylocalhost", "localhost.example.org", "localhost.localdomain"})
    EXPECT_FALSE(is_private_name(name)) << name;
}

TEST(IpAddress, ParsesAndPrints) {
  for (const char* text : {"192.0.2.1", "2001:db8::1", "::"}) EXPECT_EQ(IpAddress::parse(text)->to_string(), text);
  for (const char* text : {"", "example.org", "1.2.3", "01.2.3.4", "[::1]", "1.2.3.4:80", "fe80::1%lo"}) {
    EXPECT_FALSE(IpAddress::parse(text)) << text;
  }
  EXPECT_NE(*IpAddress::parse("0.0.0.0"), *IpAddress::parse("::"));
}

}  // namespace
}  // namespace wswp::net
