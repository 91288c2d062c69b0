#pragma once
// What a hostile name server answers (RFC 1035): records that are right, odd or circular, bytes changed and cut,
// answers that are truncated with and without an answer over TCP. Pure; seed, name, type and attempt decide it all.
// Every address that is meant is in 127/8; a changed byte may make it another.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "delivery.h"

namespace wswp::fuzz {

/// The datagrams that answer a query, none if it is not answered. `attempt`: of the name and type, from 1; from the
/// third on, answers are right.
std::vector<std::string> dns_answer(std::uint64_t seed, std::string_view query, int attempt);
/// The same over TCP, where every message has its length before it; `query` is without.
Delivery dns_tcp_answer(std::uint64_t seed, std::string_view query, int attempt);

/// "name type" of a query; "" if it is none.
std::string question_of(std::string_view query);

}  // namespace wswp::fuzz
