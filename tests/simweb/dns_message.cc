#include "simweb/dns_message.h"

#include <cctype>

namespace wswp::simweb {
namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr std::size_t kMaxLabel = 63;
constexpr std::size_t kMaxName = 253;
constexpr std::uint16_t kResponse = 0x8000;
constexpr std::uint16_t kOpcodes = 0x7800;
constexpr std::uint16_t kAuthoritative = 0x0400;
constexpr std::uint16_t kTruncated = 0x0200;
constexpr std::uint16_t kRecursionDesired = 0x0100;
constexpr std::uint16_t kRecursionAvailable = 0x0080;
constexpr std::uint16_t kClassIn = 1;
constexpr std::uint16_t kTypeSoa = 6;
constexpr std::uint16_t kNameOfQuestion = 0xc000 | kHeaderBytes;  // a compression pointer to it
constexpr std::string_view kOtherName("\x05other\x04test\0", 12);

std::uint16_t read_u16(std::string_view bytes, std::size_t at) {
  const auto high = static_cast<unsigned char>(bytes[at]);
  const auto low = static_cast<unsigned char>(bytes[at + 1]);
  return static_cast<std::uint16_t>(high << 8 | low);
}

void put_u16(std::string& out, std::uint32_t value) {
  out += static_cast<char>(value >> 8 & 0xffU);
  out += static_cast<char>(value & 0xffU);
}

void put_u32(std::string& out, std::uint32_t value) {
  put_u16(out, value >> 16);
  put_u16(out, value & 0xffffU);
}

/// A record behind its name.
void put_record(std::string& out, std::uint16_t type, std::uint32_t ttl, std::string_view data) {
  put_u16(out, type);
  put_u16(out, kClassIn);
  put_u32(out, ttl);
  put_u16(out, static_cast<std::uint32_t>(data.size()));
  out += data;
}

/// The labels at `at`, with dots between; moves `at` behind them.
bool read_name(std::string_view message, std::size_t& at, std::string& name) {
  for (;;) {
    if (at >= message.size()) return false;
    const auto length = static_cast<std::size_t>(static_cast<unsigned char>(message[at++]));
    if (length == 0) return name.size() <= kMaxName;
    if (length > kMaxLabel || length > message.size() - at) return false;
    if (!name.empty()) name += '.';
    for (const char c : message.substr(at, length))
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    at += length;
  }
}

std::string soa(std::uint32_t ttl) {
  std::string data;
  put_u16(data, kNameOfQuestion);  // primary name server
  put_u16(data, kNameOfQuestion);  // mailbox
  for (const std::uint32_t value : {1U, 3600U, 600U, 86400U, ttl}) put_u32(data, value);
  return data;
}

}  // namespace

std::optional<DnsQuestion> decode_query(std::string_view message) {
  if (message.size() < kHeaderBytes) return std::nullopt;
  DnsQuestion question;
  question.id = read_u16(message, 0);
  question.flags = read_u16(message, 2);
  const bool is_query = (question.flags & (kResponse | kOpcodes)) == 0;
  if (!is_query || read_u16(message, 4) != 1) return std::nullopt;
  std::size_t at = kHeaderBytes;
  if (!read_name(message, at, question.name) || message.size() - at < 4) return std::nullopt;
  question.type = read_u16(message, at);
  question.klass = read_u16(message, at + 2);
  question.section = message.substr(kHeaderBytes, at + 4 - kHeaderBytes);
  return question;
}

std::string encode_reply(const DnsQuestion& question, const DnsReply& reply) {
  const bool has_answer = reply.address && !reply.is_truncated;
  const bool is_negative =
      !reply.address && !reply.is_truncated && (reply.code == DnsCode::kNoError || reply.code == DnsCode::kNameError);
  std::uint32_t flags = kResponse | kAuthoritative | kRecursionAvailable | (question.flags & kRecursionDesired);
  if (reply.is_truncated) flags |= kTruncated;
  std::string out;
  put_u16(out, reply.has_wrong_id ? question.id ^ 0xffffU : question.id);
  put_u16(out, flags | static_cast<std::uint32_t>(reply.code));
  put_u16(out, 1);
  put_u16(out, has_answer ? 1 : 0);
  put_u16(out, is_negative ? 1 : 0);
  put_u16(out, 0);
  out += question.section;
  if (has_answer) {
    std::string data;
    put_u32(data, *reply.address);
    if (reply.has_wrong_name)
      out += kOtherName;
    else
      put_u16(out, kNameOfQuestion);
    put_record(out, kTypeA, reply.ttl, data);
  }
  if (is_negative) {
    put_u16(out, kNameOfQuestion);
    put_record(out, kTypeSoa, reply.ttl, soa(reply.ttl));
  }
  return out;
}

}  // namespace wswp::simweb
