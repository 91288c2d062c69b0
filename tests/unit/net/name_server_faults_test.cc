// What becomes of name servers that are dead, broken or lie: they cost time, and never bring a wrong address (RFC 1035;
// RFC 5452, 9).

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "unit/net/resolver_fixture.h"

namespace wswp::net {
namespace {

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

TEST_F(ResolverTest, AnAnswerTooLongForADatagramIsFetchedOverTcp) {  // RFC 1035, 4.2.1: 512 bytes
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    if (query.over_tcp) return honest(query);
    return {reply_to(query, std::vector<DnsRecord>(40, a_record(query.name, kWrong))).bytes()};
  });
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
}

TEST_F(ResolverTest, ManyTruncatedAnswersAreFetchedOverFewConnections) {
  const std::uint64_t names = 5 * Resolver::kMaxTcp;
  const DnsServer dns([](const DnsQuery& query) -> Texts {
    DnsReply reply = reply_to(query, {a_record(query.name, query.over_tcp ? kRight : kWrong)});
    reply.truncated = !query.over_tcp;
    return {reply.bytes()};
  });
  options.nameservers = {dns.authority()};
  options.timeout_ms = 10'000;
  for (std::uint64_t ticket = 1; ticket <= names; ++ticket) {
    resolver().ask("n" + std::to_string(ticket) + ".example", ticket);
  }
  run();
  EXPECT_EQ(answers.size(), names);
  for (const auto& [ticket, answer] : answers) EXPECT_EQ(answer, std::vector<Texts>{kFound}) << ticket;
  EXPECT_LE(dns.most_clients(), Resolver::kMaxTcp + 1) << "one may be gone that the server has not yet seen go";
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

}  // namespace
}  // namespace wswp::net
