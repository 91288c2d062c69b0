// Names that are asked for at once share sockets, but not fates: whatever comes of one - an answer cut short that TCP
// does not complete, an answer without a byte, a lie, silence - costs the others nothing, and says nothing about the
// name servers (RFC 1035, 4.2; RFC 7766).

#include <atomic>
#include <cstdint>
#include <string>

#include "unit/net/resolver_fixture.h"

namespace wswp::net {
namespace {

constexpr std::uint64_t kHealthy = 200;  // more questions at once than a socket holds would get lost

/// The server says nothing of healthy names and of the root at first, so that they wait while the odd ones go wrong. An
/// odd name is one that begins with "odd".
class Isolation : public ResolverTest {
 protected:
  Isolation() {
    options.timeout_ms = 150;
    options.tries = 4;
    options.max_queries = 1'000;
  }

  static bool is_odd(const DnsQuery& query) { return query.name.starts_with("odd"); }
  Texts late(const DnsQuery& query) const { return SystemClock().mono_ms() < awake_ms_ ? Texts{} : honest(query); }
  static Texts cut(const DnsQuery& query) {
    DnsReply reply = reply_to(query, {});
    reply.truncated = true;
    return {reply.bytes()};
  }

  /// Asks for `odd` odd names, then for the healthy ones and as many odd ones again, all at once.
  void expect_that_strangers_are_spared(DnsServer& dns, int odd) {
    options.nameservers = {dns.authority()};
    EXPECT_EQ(look_up("first.example"), kFound) << "and the root was answered";
    answers.clear();
    awake_ms_ = dns.root_since_ms = SystemClock().mono_ms() + options.timeout_ms * 2 / 3;
    std::uint64_t ticket = kHealthy;
    const auto ask_for_odd = [&] {
      for (int i = 0; i < odd; ++i) {
        ++ticket;
        resolver().ask("odd" + std::to_string(ticket) + ".example", ticket);
      }
    };
    ask_for_odd();
    for (std::uint64_t i = 1; i <= kHealthy; ++i) resolver().ask("n" + std::to_string(i) + ".example", i);
    ask_for_odd();
    run();
    int healthy = 0;
    for (std::uint64_t i = 1; i <= kHealthy; ++i) healthy += answers[i] == std::vector<Texts>{kFound} ? 1 : 0;
    EXPECT_EQ(healthy, kHealthy);
    for (std::uint64_t i = kHealthy + 1; i <= ticket; ++i) {
      EXPECT_EQ(answers[i], std::vector<Texts>{kNothing}) << i;
      EXPECT_EQ(obstacles[i], Obstacle::kNone) << i;
    }
    EXPECT_EQ(resolver().obstacle(), Obstacle::kNone);
  }

 private:
  std::atomic<MonoMs> awake_ms_ = 0;
};

TEST_F(Isolation, OfTruncatedAnswersWhoseTcpIsRefused) {
  DnsServer dns([this](const DnsQuery& query) { return is_odd(query) ? cut(query) : late(query); },
                DnsServer::Tcp::kRefused);
  expect_that_strangers_are_spared(dns, 3);
}

TEST_F(Isolation, OfTruncatedAnswersWhoseTcpIsClosedAtOnce) {
  DnsServer dns([this](const DnsQuery& query) -> Texts {
    if (query.over_tcp) return {""};
    return is_odd(query) ? cut(query) : late(query);
  });
  expect_that_strangers_are_spared(dns, 3);
}

TEST_F(Isolation, OfTruncatedAnswersThatTcpCompletesBesideThoseItDoesNot) {
  DnsServer dns([](const DnsQuery& query) -> Texts {
    if (!query.over_tcp) return cut(query);
    return is_odd(query) ? Texts{""} : honest(query);
  });
  expect_that_strangers_are_spared(dns, 3);
}

TEST_F(Isolation, OfAnswersWithoutAByte) {
  DnsServer dns([this](const DnsQuery& query) { return is_odd(query) ? Texts{""} : late(query); });
  expect_that_strangers_are_spared(dns, 10);
}

TEST_F(Isolation, OfLies) {
  DnsServer dns([this](const DnsQuery& query) -> Texts {
    if (query.over_tcp) return {""};
    if (!is_odd(query)) return late(query);
    DnsReply lie = reply_to(query, {a_record(query.name, kWrong)});
    switch (query.name[query.name.find('.') - 1] % 5) {
      case 0:
        lie.id ^= 0x0100U;
        break;
      case 1:
        lie.question = "n1.example";
        break;
      case 2:
        return {""};
      case 3:
        return {reply_to(query, {}, kServfail).bytes()};
      default:
        return cut(query);
    }
    return {lie.bytes()};
  });
  expect_that_strangers_are_spared(dns, 20);
}

// Each name that has failed lets the next one go, while the root is asked for.
TEST_F(Isolation, OfTheRoot) {
  DnsServer dns([](const DnsQuery& query) -> Texts {
    if (query.over_tcp) return {""};
    return is_odd(query) ? cut(query) : honest(query);
  });
  options.max_queries = 2;
  expect_that_strangers_are_spared(dns, 20);
}

}  // namespace
}  // namespace wswp::net
