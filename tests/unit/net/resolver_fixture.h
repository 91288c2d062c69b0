#pragma once
// What the tests of the resolver share: a resolver on a poller of its own, with a clock that the test moves.

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "net/poller.h"
#include "net/resolver.h"
#include "unit/net/dns_server.h"

namespace wswp::net {

using Texts = std::vector<std::string>;

inline constexpr std::array<std::uint8_t, 4> kRight{192, 0, 2, 1};
inline constexpr std::array<std::uint8_t, 4> kWrong{192, 0, 2, 66};
inline constexpr std::array<std::uint8_t, 16> kRight6{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
inline const Texts kFound{"192.0.2.1"};
inline const Texts kNothing;

inline constexpr int kServfail = 2;
inline constexpr int kNxdomain = 3;

inline std::vector<std::string> honest(const DnsQuery& query) {
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
          options, poller_, clock,
          [this](std::uint64_t ticket, const Resolver::Addresses& addresses, Obstacle obstacle) {
            Texts texts;
            for (const IpAddress& address : addresses) texts.push_back(address.to_string());
            answers[ticket].push_back(texts);
            obstacles[ticket] = obstacle;
          });
    }
    return *resolver_;
  }
  void end() { resolver_.reset(); }

  /// One turn of the loop; how many sockets were ready.
  std::size_t turn() {
    const int wait = static_cast<int>(std::clamp<std::int64_t>(resolver().timer_ms().value_or(0), 0, 100));
    const auto events = poller_.wait(wait);
    for (const Poller::Event& event : events) resolver().on_event(event);
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
    obstacles.clear();
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
  std::map<std::uint64_t, Obstacle> obstacles;          // with its last answer

 private:
  Poller poller_;
  std::unique_ptr<Resolver> resolver_;
};

}  // namespace wswp::net
