#include "tls_tampering.h"

#include <utility>

#include "http1_answers.h"
#include "mutation.h"

namespace wswp::fuzz {
namespace {

using namespace std::string_view_literals;

constexpr int kFlights = 4;  // ServerHello and what belongs to it, tickets, the first answers

std::string record(Dice& dice) {
  return std::string(
      choose(dice, {"\x15\x03\x03\0\x02\x02\x28"sv, "\x15\x03\x03\0\x02\x01\0"sv, "\x14\x03\x03\0\x01\x01"sv,
                    "\x16\x03\x03\x40\x01"sv, "\x16\x03\x03\0\0"sv, "\x17\x03\x03\xff\xff"sv,
                    "\x16\x03\x01\0\x04\0\0\0\0"sv, "\x18\x03\x03\0\x03\x01\xff\xff"sv, "\x80\x2e\x01"sv,
                    "HTTP/1.1 400 Bad Request\r\n\r\n"sv, "\0\0\0\0\0"sv, "\x15\x03\x03\0\x02\x01\x5a"sv}));
}

}  // namespace

Delivery tampered(std::uint64_t seed, const std::string& host, int connection, int flight, std::string bytes) {
  Dice dice(seed_of(seed, {host, "tls", connection}));
  const bool is_this = static_cast<int>(dice.below(kFlights)) == flight;
  Delivery delivery;
  if (!is_this) {
    delivery.append(std::move(bytes));
    return delivery;
  }
  switch (dice.below(6)) {
    case 0:
    case 1: {
      const std::size_t places = dice.between(1, 3);
      mutate(dice, bytes, places, "\x16\x03\x03\x00\x04");
      break;
    }
    case 2:
      bytes.resize(dice.below(bytes.size()));
      break;
    case 3:
      bytes.insert(dice.percent(50) ? 0 : bytes.size(), record(dice));
      break;
    case 4: {
      const std::string same = bytes;
      bytes += same;
      break;
    }
    default:
      bytes = record(dice);
  }
  delivery.pieces = cut(dice, bytes);
  delivery.end = dice.percent(40) ? End::kRest : dice.percent(50) ? End::kClose : End::kReset;
  return delivery;
}

}  // namespace wswp::fuzz
