// Names through the resolver alone: what is remembered and for how long, what is sent, and two address families (RFC
// 2181, 8; RFC 2308).

#include "net/resolver.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "unit/net/resolver_fixture.h"

namespace wswp::net {
namespace {

TEST_F(ResolverTest, AnAnswerIsRememberedForItsTimeToLive) {
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    return {reply_to(query, {a_record(query.name, kRight, 60), a_record(query.name, kWrong, 3'600)}).bytes()};
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), (Texts{"192.0.2.1", "192.0.2.66"}));
  EXPECT_EQ(remembered_ms("a.example"), 60'000);
  look_up("a.example");
  EXPECT_EQ(dns.queries("a.example"), 2);
}

TEST_F(ResolverTest, TheTimeToLiveOfAnAliasCountsToo) {
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    return {reply_to(query, {cname_record(query.name, "b.example", 60), a_record("b.example", kRight, 3'600)}).bytes()};
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
  EXPECT_EQ(remembered_ms("a.example"), 60'000);
}

TEST_F(ResolverTest, ATimeToLiveIsKeptWithinBounds) {
  const std::map<std::string, std::uint32_t> ttls{{"zero.example", 0},
                                                  {"year.example", 31'536'000},
                                                  {"most.example", 0x7fffffff},
                                                  {"negative.example", 0xffffffff}};  // RFC 2181, 8: as if it were 0
  const DnsServer dns([&ttls](const DnsQuery& query) -> Texts {
    return {reply_to(query, {a_record(query.name, kRight, ttls.at(query.name))}).bytes()};
  });
  options.nameservers = {dns.authority()};
  for (const auto& [name, ttl] : ttls) {
    EXPECT_EQ(look_up(name), kFound) << name;
    const bool nothing = ttl == 0 || ttl == 0xffffffff;
    EXPECT_EQ(remembered_ms(name), nothing ? Resolver::kMinTtlMs : Resolver::kMaxTtlMs) << name;
  }
}

TEST_F(ResolverTest, TheAbsenceOfANameIsRememberedAMinute) {
  const DnsServer dns([](const DnsQuery& query) -> Texts { return {reply_to(query, {}, kNxdomain).bytes()}; });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("no.example"), kNothing);
  EXPECT_EQ(remembered_ms("no.example"), Resolver::kAbsentTtlMs);
  EXPECT_EQ(dns.queries("no.example"), 1);
}

TEST_F(ResolverTest, NoMoreNamesAreRememberedThanAllowed) {
  const DnsServer dns(honest);
  options.nameservers = {dns.authority()};
  options.max_names = 2;
  for (const char* name : {"a.example", "b.example", "c.example"}) look_up(name);
  EXPECT_FALSE(resolver().find("a.example"));
  EXPECT_TRUE(resolver().find("b.example"));
  EXPECT_TRUE(resolver().find("c.example"));
}

TEST_F(ResolverTest, OneQueryServesAllWhoAskForAName) {
  const DnsServer dns(honest);
  options.nameservers = {dns.authority()};
  options.timeout_ms = 10'000;
  for (std::uint64_t ticket = 1; ticket <= 100; ++ticket) resolver().ask("a.example", ticket);
  run();
  EXPECT_EQ(dns.queries("a.example"), 1);
  EXPECT_EQ(answers.size(), 100U);
  for (const auto& [ticket, answer] : answers) EXPECT_EQ(answer, std::vector<Texts>{kFound}) << ticket;
}

TEST_F(ResolverTest, NoMoreQueriesAreOutThanAllowed) {
  const DnsServer dns([](const DnsQuery& query) { return query.name == "marker.example" ? honest(query) : Texts{}; });
  options.nameservers = {dns.authority()};
  options.max_queries = 7;
  options.timeout_ms = 60'000;
  for (std::uint64_t ticket = 1; ticket <= 50; ++ticket) {
    resolver().ask("n" + std::to_string(ticket) + ".example", ticket);
  }
  EXPECT_EQ(resolver().pending(), 50U);
  // The server has seen all that was sent before once it answers another client.
  Poller poller;
  bool answered = false;
  Resolver other(options, poller, clock, [&answered](auto, const auto&, Obstacle) { answered = true; });
  other.ask("marker.example", 1);
  while (!answered) {
    for (const Poller::Event& event : poller.wait(100)) other.on_event(event);
  }
  EXPECT_EQ(dns.queries(), 7 + 1);
}

TEST_F(ResolverTest, ASilentNameTakesNobodysPlaceForLong) {
  const DnsServer dns([](const DnsQuery& query) { return query.name.starts_with('a') ? honest(query) : Texts{}; });
  options.nameservers = {dns.authority()};
  options.max_queries = 3;
  options.timeout_ms = 60'000;
  for (std::uint64_t ticket = 1; ticket <= 3; ++ticket) {
    resolver().ask("silent" + std::to_string(ticket) + ".example", ticket);
  }
  resolver().ask("a.example", 4);
  EXPECT_EQ(resolver().timer_ms(), Resolver::kFreshMs) << "when there is a place for it";
  clock.advance(Resolver::kFreshMs);
  while (answers.empty()) turn();
  EXPECT_EQ(answers[4], std::vector<Texts>{kFound});
  EXPECT_EQ(resolver().pending(), 3U);
}

// Two families

class TwoFamilies : public ResolverTest {
 protected:
  TwoFamilies() { options.ipv6 = true; }
};

TEST_F(TwoFamilies, AddressesOfBothComeWithIpv6First) {
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    if (query.type == kTypeA) return honest(query);
    return {reply_to(query, {cname_record(query.name, "b.example"), aaaa_record("b.example", kRight6)}).bytes()};
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), (Texts{"2001:db8::1", "192.0.2.1"}));
}

TEST_F(TwoFamilies, ManyAddressesOfOneLeaveRoomForTheOther) {
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    if (query.type == kTypeA) return honest(query);
    return {reply_to(query, std::vector<DnsRecord>(200, aaaa_record(query.name, kRight6))).bytes()};
  });
  options.nameservers = {dns.authority()};
  Texts expected(Resolver::kMaxAddresses, "2001:db8::1");
  expected.push_back("192.0.2.1");
  EXPECT_EQ(look_up("a.example"), expected);
}

TEST_F(TwoFamilies, OneIsEnough) {
  DnsServer dns([](const DnsQuery& query) -> Texts {
    if (query.name.starts_with(query.type == kTypeA ? "silent4" : "silent6")) return {};
    if (query.name.starts_with(query.type == kTypeA ? "failing4" : "failing6")) {
      return {reply_to(query, {}, kServfail).bytes()};
    }
    if (query.name.starts_with(query.type == kTypeA ? "none4" : "none6")) return {reply_to(query, {}).bytes()};
    if (query.type == kTypeA) return honest(query);
    return {reply_to(query, {aaaa_record(query.name, kRight6)}).bytes()};
  });
  options.nameservers = {dns.authority()};
  options.tries = 3;
  EXPECT_EQ(look_up("both.example").size(), 2U);
  dns.root_code = -1;
  for (const std::string kind : {"silent", "failing", "none"}) {
    EXPECT_EQ(look_up(kind + "6.example"), kFound) << kind;
    EXPECT_EQ(obstacles[1], Obstacle::kNone) << "the root says nothing, and need not be asked";
    EXPECT_EQ(look_up(kind + "4.example"), Texts{"2001:db8::1"}) << kind;
    EXPECT_EQ(obstacles[1], Obstacle::kNone) << kind;
  }
}

TEST_F(TwoFamilies, AFailureOfOneIsNoAbsence) {
  // The other one is answered late, after the failure.
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    const bool fails = (query.type == kTypeA) == query.name.starts_with("four");
    if (!fails && query.name.ends_with("late.example") && query.number == 1) return {};
    return {reply_to(query, {}, fails ? kServfail : 0).bytes()};
  });
  options.nameservers = {dns.authority()};
  for (const char* name : {"four.example", "six.example", "four.late.example", "six.late.example"}) {
    EXPECT_EQ(look_up(name), kNothing);
    EXPECT_EQ(remembered_ms(name), Resolver::kFailureTtlMs) << name;
  }
}

TEST_F(TwoFamilies, NobodyIsAnsweredOnceTheResolverEnds) {
  // By then it has the address of one family.
  const DnsServer dns([](const DnsQuery& query) { return query.type == kTypeA ? honest(query) : Texts{}; });
  options.nameservers = {dns.authority()};
  options.timeout_ms = 60'000;
  resolver().ask("a.example", 1);
  while (turn() == 0) {
  }
  end();
  EXPECT_TRUE(answers.empty());
}

// hosts(5)

TEST_F(ResolverTest, TheHostsFileCountsBesideTheSystemsServersOnly) {
  std::array<char, 256> machine{};
  gethostname(machine.data(), machine.size() - 1);
  const std::string name = machine.data();
  if (HostsFile::load("/etc/hosts").find(name) == nullptr) GTEST_SKIP() << "/etc/hosts does not name this machine";
  EXPECT_TRUE(resolver().find(name));
  Poller poller;
  options.nameservers = {"127.0.0.1:53"};
  Resolver configured(options, poller, clock, [](auto, const auto&, Obstacle) {});
  EXPECT_FALSE(configured.find(name));
}

TEST_F(ResolverTest, NoServerIsAskedForLocalhost) {  // RFC 6761, 6.3
  const DnsServer dns(honest);
  options.nameservers = {dns.authority()};
  for (const char* name : {"localhost", "a.localhost", "localhost."}) {
    const auto known = resolver().find(name);
    ASSERT_TRUE(known && known->size() == 2) << name;
    EXPECT_EQ((*known)[0].to_string(), "127.0.0.1") << name;
    EXPECT_EQ((*known)[1].to_string(), "::1") << name;
  }
}

}  // namespace
}  // namespace wswp::net
