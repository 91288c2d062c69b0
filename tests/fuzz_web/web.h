#pragma once
// The kinds of hostile web: who speaks what, and where it goes wrong.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "delivery.h"
#include "http1_conversation.h"

namespace wswp::fuzz {

/// What conversations stand on; the references outlive them.
struct Ground {
  AskedLog& log;
  const std::atomic<std::uint64_t>& seed;
  std::function<Delivery(const Asked&)> answer;
};

struct Web {
  std::string scheme = "http";
  /// What a hostile host answers.
  std::function<Delivery(std::uint64_t seed, const Asked& asked)> hostile;
  std::function<Delivery(const Asked& asked)> healthy;
  /// The conversation of a connection.
  std::function<std::unique_ptr<Conversation>(const Ground& ground)> greet;
  int hosts = 250;             // a round, besides the healthy ones
  bool hostile_names = false;  // names are looked up, at a hostile name server, and lead to the server's port
};

/// Plain HTTP/1.
Web http1_web();
/// HTTP/2 behind TLS that is right.
Web http2_web();
/// HTTP/1 that is right, behind TLS that is tampered with.
Web tls_web();
/// HTTP/1 that is right, on hosts whose names are not.
Web names_web();

}  // namespace wswp::fuzz
