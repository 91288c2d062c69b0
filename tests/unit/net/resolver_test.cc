// Names through the resolver alone: what is remembered and for how long, what is sent, and what becomes of servers that
// are dead, broken or lie (RFC 1035; RFC 2181, 5 and 8; RFC 2308; RFC 5452).

#include "net/resolver.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "net/poller.h"
#include "unit/net/dns_server.h"

namespace wswp::net {
namespace {

using Texts = std::vector<std::string>;

constexpr std::array<std::uint8_t, 4> kRight{192, 0, 2, 1};
constexpr std::array<std::uint8_t, 4> kWrong{192, 0, 2, 66};
constexpr std::array<std::uint8_t, 16> kRight6{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
const Texts kFound{"192.0.2.1"};
const Texts kNothing;

constexpr int kServfail = 2;
constexpr int kNxdomain = 3;

std::vector<std::string> honest(const DnsQuery& query) {
  return {reply_to(query, {a_record(query.name, kRight)}).bytes()};
}

class ResolverTest : public testing::Test {
 protected:
  /// Answers that are late or wrong are waited out in these tests, so that a busy machine needs more tries, not time.
  ResolverTest() {
    options.timeout_ms = 50;
    options.tries = 6;
  }

  Resolver& resolver() {
    if (!resolver_) {
      resolver_ = std::make_unique<Resolver>(
          options, poller_, clock, [this](std::uint64_t ticket, const Resolver::Addresses& addresses, int /*errno*/) {
            Texts texts;
            for (const IpAddress& address : addresses) texts.push_back(address.to_string());
            answers[ticket].push_back(texts);
          });
    }
    return *resolver_;
  }
  void end() { resolver_.reset(); }

  /// One turn of the loop; how many sockets were ready.
  std::size_t turn() {
    const int wait = static_cast<int>(std::clamp<std::int64_t>(resolver().timer_ms().value_or(0), 0, 100));
    const auto events = poller_.wait(wait);
    for (const Poller::Event& event : events) {
      resolver().on_event(event.fd, event.readable || event.failed, event.writable || event.failed);
    }
    if (const auto due = resolver().timer_ms(); due && *due <= 0) resolver().on_timer();
    return events.size();
  }
  /// Turns the loop until nothing is asked for any more.
  void run() {
    while (resolver().pending() > 0) turn();
  }
  /// The addresses of `name`, known or asked for.
  Texts look_up(const std::string& name) {
    Texts texts;
    if (const auto known = resolver().find(name)) {
      for (const IpAddress& address : *known) texts.push_back(address.to_string());
      return texts;
    }
    answers.clear();
    resolver().ask(name, 1);
    run();
    EXPECT_EQ(answers[1].size(), 1U) << "a ticket is answered once";
    return answers[1].empty() ? kNothing : answers[1].front();
  }
  /// How long an answer that was just looked up is remembered.
  std::int64_t remembered_ms(const std::string& name) {
    std::int64_t passed = 0;
    for (const std::int64_t step : {500, 500, 1'000, 58'000, 3'540'000, 3'600'000}) {
      clock.advance(step - 1);
      if (!resolver().find(name)) return passed;
      clock.advance(1);
      passed += step;
      if (!resolver().find(name)) return passed;
    }
    return passed;
  }

  ManualClock clock{1'000'000};
  Resolver::Options options;
  std::map<std::uint64_t, std::vector<Texts>> answers;  // of a ticket

 private:
  Poller poller_;
  std::unique_ptr<Resolver> resolver_;
};

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
  Resolver other(options, poller, clock, [&answered](auto, const auto&, int) { answered = true; });
  other.ask("marker.example", 1);
  while (!answered) {
    for (const Poller::Event& event : poller.wait(100)) other.on_event(event.fd, true, false);
  }
  EXPECT_EQ(dns.queries(), 7 + 1);
}

// Dead and broken servers

TEST_F(ResolverTest, ASilentServerIsAskedAgain) {
  const DnsServer dns([](const DnsQuery& query) { return query.number < 3 ? Texts{} : honest(query); });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
}

TEST_F(ResolverTest, AServerThatFailsIsAskedAgain) {
  const DnsServer dns([](const DnsQuery& query) {
    return query.number < 3 ? Texts{reply_to(query, {}, kServfail).bytes()} : honest(query);
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
}

TEST_F(ResolverTest, AFailureIsNoAbsence) {
  const std::map<std::string, int> codes{{"formerr.example", 1},
                                         {"servfail.example", kServfail},
                                         {"notimp.example", 4},
                                         {"refused.example", 5},
                                         {"silent.example", -1}};
  const DnsServer dns([&codes](const DnsQuery& query) -> Texts {
    const int code = codes.at(query.name);
    return code < 0 ? Texts{} : Texts{reply_to(query, {}, code).bytes()};
  });
  options.nameservers = {dns.authority()};
  options.tries = 2;
  for (const auto& [name, code] : codes) {
    EXPECT_EQ(look_up(name), kNothing) << name;
    EXPECT_EQ(remembered_ms(name), Resolver::kFailureTtlMs) << name;
  }
}

TEST_F(ResolverTest, TheNextServerHelpsOut) {
  const DnsServer silent([](const DnsQuery&) { return Texts{}; });
  const DnsServer failing([](const DnsQuery& query) { return Texts{reply_to(query, {}, kServfail).bytes()}; });
  std::string closed;
  {
    const DnsServer gone(honest);
    closed = gone.authority();
  }
  const DnsServer dns(honest);
  options.nameservers = {silent.authority(), failing.authority(), closed, dns.authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
  EXPECT_GE(silent.queries("a.example"), 1);
  EXPECT_EQ(failing.queries("a.example"), 1);
}

TEST_F(ResolverTest, ATruncatedAnswerIsFetchedOverTcp) {
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    DnsReply reply = reply_to(query, {a_record(query.name, query.over_tcp ? kRight : kWrong)});
    reply.truncated = !query.over_tcp;
    return {reply.bytes()};
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
  EXPECT_EQ(look_up("b.example"), kFound);
}

TEST_F(ResolverTest, ATruncatedAnswerThatTcpDoesNotCompleteIsAFailure) {
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    if (query.over_tcp) return {};
    DnsReply reply = reply_to(query, {a_record(query.name, kWrong)});
    reply.truncated = true;
    return {reply.bytes()};
  });
  options.nameservers = {dns.authority()};
  options.tries = 2;
  EXPECT_EQ(look_up("a.example"), kNothing);
  EXPECT_EQ(remembered_ms("a.example"), Resolver::kFailureTtlMs);
}

// Lies

TEST_F(ResolverTest, AnAnswerWithAnotherIdIsNone) {
  const DnsServer dns([](const DnsQuery& query) {
    DnsReply lie = reply_to(query, {a_record(query.name, kWrong)});
    lie.id ^= 0x0100U;
    return query.number == 1 ? Texts{lie.bytes()} : honest(query);
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
  EXPECT_GE(dns.queries("a.example"), 2);
}

TEST_F(ResolverTest, AnAnswerToAnotherQuestionIsNone) {
  const DnsServer dns([](const DnsQuery& query) {
    DnsReply lie = reply_to(query, {a_record(query.name, kWrong), a_record("b.example", kWrong)});
    if (query.number == 1) lie.question = "b.example";
    if (query.number == 2) lie.type = kTypeAaaa;
    return query.number <= 2 ? Texts{lie.bytes()} : honest(query);
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
  EXPECT_GE(dns.queries("a.example"), 3);
  EXPECT_FALSE(resolver().find("b.example"));
}

TEST_F(ResolverTest, AnAnswerFromElsewhereIsNone) {
  const DnsServer dns([](const DnsQuery& query) {
    const std::string lie = reply_to(query, {a_record(query.name, kWrong)}).bytes();
    for (const char* source : {"127.0.0.1", "127.0.0.2"}) {
      const FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
      sockaddr_in address{};
      address.sin_family = AF_INET;
      inet_pton(AF_INET, source, &address.sin_addr);
      bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address));
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      address.sin_port = htons(query.client_port);
      sendto(socket.get(), lie.data(), lie.size(), 0, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    }
    return honest(query);
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
}

TEST_F(ResolverTest, ALateAnswerToAnotherNameIsNone) {
  std::string late;
  const DnsServer dns([&late](const DnsQuery& query) -> Texts {
    if (query.name == "b.example") return {late, honest(query).front()};
    late = reply_to(query, {a_record(query.name, kWrong)}).bytes();
    return {};
  });
  options.nameservers = {dns.authority()};
  options.tries = 4;
  EXPECT_EQ(look_up("a.example"), kNothing);
  EXPECT_EQ(look_up("b.example"), kFound);
}

TEST_F(ResolverTest, ALateAnswerToAnEarlierTryIsOne) {
  std::string late;
  const DnsServer dns([&late](const DnsQuery& query) -> Texts {
    if (query.number > 1) return {late, late};
    late = honest(query).front();
    return {};
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
}

TEST_F(ResolverTest, RecordsOfAnotherNameAreNoAnswer) {
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    return {reply_to(query, {a_record("b.example", kWrong), a_record("x." + query.name, kWrong)}).bytes()};
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kNothing);
  EXPECT_FALSE(resolver().find("b.example"));
}

TEST_F(ResolverTest, AliasesAreFollowed) {
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    return {reply_to(query, {cname_record("A.Example", "b.example"), cname_record("b.example", "c.other.example"),
                             a_record("C.other.example", kRight)})
                .bytes()};
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
}

TEST_F(ResolverTest, AnAliasOfAnotherNameIsNoAnswer) {
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    const bool first = query.name == "a.example";
    return {reply_to(query,
                     {cname_record(first ? "other.example" : query.name, "b.example"),
                      cname_record(first ? "b.example" : "stray.example", "c.example"), a_record("c.example", kWrong)})
                .bytes()};
  });
  options.nameservers = {dns.authority()};
  for (const char* name : {"a.example", "z.example"}) {
    EXPECT_EQ(look_up(name), kNothing) << name;
    EXPECT_EQ(remembered_ms(name), Resolver::kFailureTtlMs) << name;
  }
}

TEST_F(ResolverTest, AliasesInACircleAreNoAnswer) {
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    return {reply_to(query, {cname_record(query.name, "b.example"), cname_record("b.example", query.name)}).bytes()};
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kNothing);
}

TEST_F(ResolverTest, BrokenMessagesAreNoAnswer) {
  const auto broken = [](const DnsQuery& query) {
    const std::string whole = honest(query).front();
    std::map<std::string, std::string> messages;
    for (std::size_t i = 0; i < whole.size(); ++i) messages["cut" + std::to_string(i)] = whole.substr(0, i);
    const std::size_t record = whole.size() - 14 - dns_name(query.name).size();
    const std::string start = whole.substr(0, record);
    const auto pointer_to = [](std::size_t at) { return dns_u16(0xc000U | static_cast<std::uint32_t>(at)); };
    const std::string tail = whole.substr(record + dns_name(query.name).size());
    messages["circle"] = start + pointer_to(record) + tail;
    messages["ahead"] = start + pointer_to(record + 400) + tail;
    messages["label"] = start + "\x7f" + tail;
    messages["short"] = whole.substr(0, whole.size() - 6) + dns_u16(3) + "\xc0\x01\x02";
    messages["long"] = whole.substr(0, whole.size() - 6) + dns_u16(400) + "\xc0\x01\x02\x42";
    messages["class"] = start + dns_name(query.name) + dns_u16(kTypeA) + dns_u16(3) + tail.substr(4);
    return messages;
  };
  const DnsServer dns([&broken](const DnsQuery& query) -> Texts {
    return {broken(query).at(query.name.substr(0, query.name.find('.')))};
  });
  options.nameservers = {dns.authority()};
  options.tries = 2;
  std::uint64_t ticket = 0;
  DnsQuery example;
  example.name = "cut10.example";
  for (const auto& [kind, message] : broken(example)) resolver().ask(kind + ".example", ++ticket);
  run();
  EXPECT_GT(ticket, 50U);
  EXPECT_EQ(answers.size(), ticket);
  for (const auto& [of, answer] : answers) EXPECT_EQ(answer, std::vector<Texts>{kNothing}) << of;
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
  const DnsServer dns([](const DnsQuery& query) -> Texts {
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
  for (const std::string kind : {"silent", "failing", "none"}) {
    EXPECT_EQ(look_up(kind + "6.example"), kFound) << kind;
    EXPECT_EQ(look_up(kind + "4.example"), Texts{"2001:db8::1"}) << kind;
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
  if (HostsFile::load("/etc/hosts").find("localhost") == nullptr) GTEST_SKIP() << "/etc/hosts names no localhost";
  EXPECT_TRUE(resolver().find("localhost"));
  Poller poller;
  options.nameservers = {"127.0.0.1:53"};
  Resolver configured(options, poller, clock, [](auto, const auto&, int) {});
  EXPECT_FALSE(configured.find("localhost"));
}

}  // namespace
}  // namespace wswp::net
