// No name server that answers, and a name that none can tell: the one is an obstacle, the other a failure.

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "unit/net/resolver_fixture.h"

namespace wswp::net {
namespace {

constexpr int kRefused = 5;

class Outage : public ResolverTest {
 protected:
  Outage() {
    options.timeout_ms = 20;
    options.tries = 5;
  }

  /// Turns the loop until the root was answered.
  void await_answer_of_the_root() {
    clock.advance(Resolver::kRootPauseMs);
    while (resolver().obstacle() != Obstacle::kNone) turn();
  }
  void expect_failure(const std::string& name) {
    EXPECT_EQ(look_up(name), kNothing) << name;
    EXPECT_EQ(obstacles[1], Obstacle::kNone) << name;
    EXPECT_EQ(resolver().obstacle(), Obstacle::kNone) << name;
    EXPECT_EQ(remembered_ms(name), Resolver::kFailureTtlMs) << name;
  }
  void expect_obstacle(const std::string& name) {
    EXPECT_EQ(look_up(name), kNothing) << name;
    EXPECT_EQ(obstacles[1], Obstacle::kNoNameServer) << name;
    EXPECT_EQ(resolver().obstacle(), Obstacle::kNoNameServer) << name;
    EXPECT_FALSE(resolver().find(name)) << name;
  }
};

/// Knows names that begin with "a", and never answers of another.
Texts silent_of_others(const DnsQuery& query) {
  return query.name.starts_with('a') ? honest(query) : Texts{};
}

TEST_F(Outage, ASilentNameIsAFailureIfTheRootIsAnswered) {
  for (const int code : {0, kNxdomain, kServfail, kRefused}) {
    end();
    DnsServer dns{DnsServer::Script(silent_of_others)};
    dns.root_code = code;
    options.nameservers = {dns.authority()};
    expect_failure("silent.example");
    EXPECT_EQ(look_up("a.example"), kFound);
  }
}

TEST_F(Outage, ASilentNameIsAFailureIfOnlyTheRootNeverIsAnswered) {
  DnsServer dns{DnsServer::Script(silent_of_others)};
  dns.root_code = -1;
  options.nameservers = {dns.authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
  expect_failure("silent.example");
}

TEST_F(Outage, ANameThatNoneOfItsServersTellsIsAFailureBesideADeadServer) {
  DnsServer dead(honest);
  dead.dead = true;
  const DnsServer failing([](const DnsQuery& query) -> Texts { return {reply_to(query, {}, kServfail).bytes()}; });
  options.nameservers = {failing.authority(), dead.authority()};
  expect_failure("a.example");
}

TEST_F(Outage, SilenceOfAllIsAnObstacle) {
  DnsServer dns(honest);
  dns.dead = true;
  options.nameservers = {dns.authority()};
  resolver().ask("a.example", 1);
  resolver().ask("b.example", 2);
  run();
  EXPECT_EQ(obstacles[1], Obstacle::kNoNameServer);
  EXPECT_EQ(obstacles[2], Obstacle::kNoNameServer);
  EXPECT_EQ(resolver().obstacle(), Obstacle::kNoNameServer);
}

TEST_F(Outage, WhereNobodyListensIsAnObstacle) {
  {
    const DnsServer gone(honest);
    options.nameservers = {gone.authority()};
  }
  expect_obstacle("a.example");
}

TEST_F(Outage, WhereNobodyCanBeReachedIsAnObstacle) {
  options.nameservers = {"255.255.255.255:53"};  // the kernel refuses to send there
  resolver().ask("a.example", 1);
  resolver().ask("b.example", 2);
  EXPECT_EQ(resolver().pending(), 0U);
  EXPECT_EQ(obstacles[1], Obstacle::kNoNameServer);
  EXPECT_EQ(obstacles[2], Obstacle::kNoNameServer);
}

TEST_F(Outage, ErrorsOfServersThatOnceSaidBetterAreAnObstacle) {
  std::atomic<bool> cut_off = false;
  DnsServer dns([&cut_off](const DnsQuery& query) -> Texts {
    return {reply_to(query, {}, cut_off || query.name == "failing.example" ? kServfail : kNxdomain).bytes()};
  });
  options.nameservers = {dns.authority()};
  expect_failure("failing.example");
  cut_off = true;
  for (const int code : {kServfail, kRefused}) {
    dns.root_code = code;
    expect_obstacle("a.example");
    dns.root_code = 0;
    await_answer_of_the_root();
  }
  expect_failure("a.example");
}

TEST_F(Outage, NamesAreNotAskedForWhileItLasts) {
  DnsServer dns(honest);
  dns.dead = true;
  options.nameservers = {dns.authority()};
  options.max_queries = 1;
  for (std::uint64_t ticket = 1; ticket <= 50; ++ticket) {
    resolver().ask("n" + std::to_string(ticket) + ".example", ticket);
  }
  run();
  EXPECT_EQ(obstacles[50], Obstacle::kNoNameServer);
  EXPECT_EQ(dns.queries("n50.example"), 0);
  expect_obstacle("a.example");
  EXPECT_EQ(dns.queries("a.example"), 0);
}

TEST_F(Outage, ItEndsWhenTheRootIsAnswered) {
  DnsServer dns(honest);
  dns.dead = true;
  options.nameservers = {dns.authority()};
  expect_obstacle("a.example");
  dns.dead = false;
  EXPECT_EQ(resolver().timer_ms(), Resolver::kRootPauseMs) << "the root is asked for without anybody asking for a name";
  await_answer_of_the_root();
  EXPECT_FALSE(resolver().timer_ms());
  EXPECT_EQ(look_up("a.example"), kFound);
}

TEST_F(Outage, WhatWasAskedForBeforeSharesItsFate) {
  options.timeout_ms = 3'600'000;  // so that nothing but the outage ends the questions that are out
  std::optional<DnsServer> dns(std::in_place, [](const DnsQuery& query) -> Texts {
    if (query.over_tcp || !query.name.starts_with("cut")) return silent_of_others(query);
    DnsReply reply = reply_to(query, {});
    reply.truncated = true;
    return {reply.bytes()};
  });
  options.nameservers = {dns->authority()};
  EXPECT_EQ(look_up("a.example"), kFound);
  std::uint64_t ticket = 1;
  for (const std::string start : {"silent", "cut"}) {
    for (int i = 0; i < 20; ++i) resolver().ask(start + std::to_string(i) + ".example", ++ticket);
  }
  while (dns->queries("silent19.example") == 0 || dns->queries("cut9.example") < 2) turn();
  dns.reset();
  resolver().give_up("silent0.example", 2);
  run();
  for (; ticket > 1; --ticket) EXPECT_EQ(obstacles[ticket], Obstacle::kNoNameServer) << ticket;
  EXPECT_FALSE(resolver().find("silent1.example"));
}

TEST_F(Outage, WhoGivesUpIsToldWhetherItIsAFailure) {
  DnsServer dns{DnsServer::Script(silent_of_others)};
  options.nameservers = {dns.authority()};
  for (const bool dead : {false, true}) {
    dns.dead = dead;
    answers.clear();
    resolver().ask("silent.example", 1);
    resolver().ask("silent.example", 2);
    resolver().give_up("silent.example", 1);
    while (answers.empty()) turn();
    EXPECT_EQ(answers[1], std::vector<Texts>{kNothing});
    EXPECT_EQ(obstacles[1], dead ? Obstacle::kNoNameServer : Obstacle::kNone);
    run();
    EXPECT_EQ(answers[1].size(), 1U);
    EXPECT_EQ(answers[2], std::vector<Texts>{kNothing});
    clock.advance(Resolver::kFailureTtlMs);
  }
}

TEST_F(Outage, NobodyIsAnsweredOnceTheResolverEnds) {
  DnsServer dns{DnsServer::Script(silent_of_others)};
  options.nameservers = {dns.authority()};
  options.timeout_ms = 60'000;
  resolver().ask("silent.example", 1);
  dns.dead = true;
  resolver().give_up("silent.example", 1);
  end();
  EXPECT_TRUE(answers.empty());
}

}  // namespace
}  // namespace wswp::net
