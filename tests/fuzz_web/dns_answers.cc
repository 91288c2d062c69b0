#include "dns_answers.h"

#include <optional>

#include <fmt/format.h>

#include "http1_answers.h"
#include "mutation.h"
#include "simweb/dns_message.h"

namespace wswp::fuzz {
namespace {

using namespace std::string_view_literals;
using simweb::DnsQuestion;

constexpr std::size_t kHeader = 12, kAnswerCount = 6;
constexpr std::uint32_t kLoopback = 0x7f000001;
constexpr std::uint16_t kCname = 5, kTxt = 16, kOpt = 41, kSoa = 6;
constexpr std::string_view kQuestionName = "\xc0\x0c"sv;  // a pointer to the name of the question

std::string u16(std::size_t value) {
  return {static_cast<char>(value >> 8 & 0xffU), static_cast<char>(value & 0xffU)};
}

std::string record(std::string_view name, std::uint16_t type, std::string_view data,
                   std::string_view ttl = "\0\0\0\x3c"sv) {
  return std::string(name) + u16(type) + u16(1) + std::string(ttl) + u16(data.size()) + std::string(data);
}

std::string right(const DnsQuestion& question) {
  simweb::DnsReply reply;
  reply.ttl = 60;
  if (question.type == simweb::kTypeA && !question.name.empty()) reply.address = kLoopback;
  return simweb::encode_reply(question, reply);
}

std::string odd_record(Dice& dice) {
  const std::string_view name = choose(dice, {kQuestionName, kQuestionName, "\0"sv, "\xc0\xff"sv, "\xff\xff"sv,
                                              "\x01"
                                              "a\xc0\x0c"sv,
                                              "\x3f"sv, "\x80\x01"sv});
  switch (dice.below(9)) {
    case 0:
      return record(name, simweb::kTypeA, "\x7f\0\0\x01"sv);
    case 1:
      return record(name, simweb::kTypeA, choose(dice, {""sv, "\x7f"sv, "\x7f\0\0\x01\0"sv}));
    case 2:
      return record(name, simweb::kTypeAaaa, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01"sv);
    case 3:
      return record(name, kCname,
                    choose(dice, {kQuestionName,
                                  "\x01"
                                  "a\0"sv,
                                  "\xc0\x00"sv,
                                  "\x03"
                                  "b\0c\0"sv,
                                  ""sv}));
    case 4:
      return record(name, kTxt, noise(dice, dice.below(300)));
    case 5:
      return record("\0"sv, kOpt, noise(dice, dice.below(40)));
    case 6:
      return record(name, kSoa, noise(dice, dice.below(40)));
    case 7:
      return record(name, simweb::kTypeA, "\x7f\0\0\x01"sv,
                    choose(dice, {"\xff\xff\xff\xff"sv, "\x7f\xff\xff\xff"sv, "\0\0\0\0"sv}));
    default:
      return record(name, static_cast<std::uint16_t>(dice.below(300)), noise(dice, dice.below(60)));
  }
}

/// A right answer with odd records before or behind its own, or a circle of aliases instead.
std::string odd(Dice& dice, const DnsQuestion& question) {
  std::string answer = right(question);
  std::string records;
  std::size_t count = dice.percent(10) ? dice.between(50, 2000) : dice.between(1, 4);
  const std::size_t added = count;
  for (; count > 0; --count) records += odd_record(dice);
  const std::size_t questions_end = kHeader + question.section.size();
  answer.insert(dice.percent(50) ? questions_end : answer.size(), records);
  const std::size_t claimed = dice.percent(80) ? added + 1 : dice.below(70'000);
  answer.replace(kAnswerCount, 2, u16(claimed));
  return answer;
}

std::string any(Dice& dice, const DnsQuestion& question) {
  simweb::DnsReply reply;
  switch (dice.below(8)) {
    case 0:
      reply.is_truncated = true;
      return simweb::encode_reply(question, reply);
    case 1:
      reply.code = static_cast<simweb::DnsCode>(dice.below(16));
      return simweb::encode_reply(question, reply);
    case 2:
      reply.address = kLoopback;
      reply.has_wrong_id = dice.percent(50);
      reply.has_wrong_name = !reply.has_wrong_id;
      return simweb::encode_reply(question, reply);
    case 3:
      return right(question);
    default:
      return odd(dice, question);
  }
}

std::optional<DnsQuestion> hostile_question(std::string_view query, int attempt) {
  constexpr int kLastOdd = 2;
  auto question = simweb::decode_query(query);
  const bool healthy = question && (question->name.empty() || is_healthy(question->name));
  return healthy || attempt > kLastOdd ? std::nullopt : question;
}

std::string right_if_query(std::string_view query) {
  const auto question = simweb::decode_query(query);
  return question ? right(*question) : "";
}

std::string hostile_answer(Dice& dice, const DnsQuestion& question) {
  std::string answer = any(dice, question);
  if (dice.percent(50)) {
    const std::size_t places = dice.between(1, 4);
    mutate(dice, answer, places, question.section);
  }
  if (dice.percent(10)) answer.resize(dice.below(answer.size() + 1));
  return answer;
}

}  // namespace

std::string question_of(std::string_view query) {
  const auto question = simweb::decode_query(query);
  return question ? fmt::format("{} {}", question->name, question->type) : "";
}

std::vector<std::string> dns_answer(std::uint64_t seed, std::string_view query, int attempt) {
  constexpr std::size_t kLargestDatagram = 60'000;
  const auto question = hostile_question(query, attempt);
  if (!question) return {right_if_query(query)};
  Dice dice(seed_of(seed, {question->name, fmt::format("udp {}", question->type), attempt}));
  std::vector<std::string> datagrams;
  for (std::size_t i = dice.percent(85) ? 1 : dice.below(6); i > 0; --i) {
    datagrams.push_back(hostile_answer(dice, *question));
    datagrams.back().resize(std::min(datagrams.back().size(), kLargestDatagram));
  }
  return datagrams;
}

Delivery dns_tcp_answer(std::uint64_t seed, std::string_view query, int attempt) {
  Delivery delivery;
  const auto question = hostile_question(query, attempt);
  if (!question) {
    const std::string answer = right_if_query(query);
    delivery.append(u16(answer.size()) + answer);
    return delivery;
  }
  Dice dice(seed_of(seed, {question->name, fmt::format("tcp {}", question->type), attempt}));
  const std::string answer = dice.percent(40) ? right(*question) : hostile_answer(dice, *question);
  const std::size_t claimed = dice.percent(80) ? answer.size() : dice.below(65'536);
  std::string bytes = u16(claimed) + answer;
  if (dice.percent(20)) bytes.resize(dice.below(bytes.size() + 1));
  delivery.pieces = cut(dice, bytes);
  delivery.end = dice.percent(60) ? End::kRest : dice.percent(50) ? End::kClose : End::kReset;
  return delivery;
}

}  // namespace wswp::fuzz
