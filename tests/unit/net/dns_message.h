#pragma once
// DNS messages for tests (RFC 1035 section 4.1): queries are taken apart, replies put together, as wrong as the test
// says.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wswp::net {

inline constexpr std::uint16_t kTypeA = 1;
inline constexpr std::uint16_t kTypeCname = 5;
inline constexpr std::uint16_t kTypeSoa = 6;
inline constexpr std::uint16_t kTypeAaaa = 28;

inline std::string dns_u16(std::uint32_t value) {
  return {static_cast<char>(value >> 8U & 0xffU), static_cast<char>(value & 0xffU)};
}

inline std::string dns_name(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::string_view label = name.substr(0, name.find('.'));
    out.append(1, static_cast<char>(label.size())).append(label);
    name.remove_prefix(std::min(name.size(), label.size() + 1));
  }
  return out.append(1, '\0');
}

struct DnsQuery {
  std::uint16_t id = 0;
  std::string name;
  std::uint16_t type = kTypeA;
  bool over_tcp = false;
  int number = 1;                 // of this name and type, as the server has counted them
  std::uint16_t client_port = 0;  // UDP, of 127.0.0.1
};

/// Precondition: `message` is a query with one question.
inline DnsQuery parse_dns_query(std::string_view message) {
  const auto u16 = [message](std::size_t at) {
    return static_cast<std::uint16_t>(static_cast<unsigned char>(message[at]) << 8U |
                                      static_cast<unsigned char>(message[at + 1]));
  };
  DnsQuery query;
  query.id = u16(0);
  std::size_t at = 12;
  while (message[at] != 0) {
    const auto length = static_cast<std::size_t>(message[at]);
    query.name.append(query.name.empty() ? "" : ".").append(message.substr(at + 1, length));
    at += length + 1;
  }
  query.type = u16(at + 1);
  return query;
}

struct DnsRecord {
  std::string name;
  std::uint16_t type = kTypeA;
  std::uint32_t ttl_s = 300;
  std::string data;
};

inline DnsRecord a_record(std::string name, const std::array<std::uint8_t, 4>& address, std::uint32_t ttl_s = 300) {
  return {std::move(name), kTypeA, ttl_s, {address.begin(), address.end()}};
}
inline DnsRecord aaaa_record(std::string name, const std::array<std::uint8_t, 16>& address) {
  return {std::move(name), kTypeAaaa, 300, {address.begin(), address.end()}};
}
inline DnsRecord cname_record(std::string name, std::string_view target, std::uint32_t ttl_s = 300) {
  return {std::move(name), kTypeCname, ttl_s, dns_name(target)};
}

struct DnsReply {
  std::uint16_t id = 0;
  std::string question;
  std::uint16_t type = kTypeA;
  int rcode = 0;  // 2: SERVFAIL, 3: NXDOMAIN, 5: REFUSED
  bool truncated = false;
  std::vector<DnsRecord> records;

  std::string bytes() const {
    std::string out = dns_u16(id);
    out.append(1, static_cast<char>(truncated ? 0x83 : 0x81)).append(1, static_cast<char>(0x80 | rcode));
    out += dns_u16(1) + dns_u16(static_cast<std::uint32_t>(records.size())) + dns_u16(0) + dns_u16(0);
    out += dns_name(question) + dns_u16(type) + dns_u16(1);
    for (const DnsRecord& record : records) {
      out += dns_name(record.name) + dns_u16(record.type) + dns_u16(1);
      out += dns_u16(record.ttl_s >> 16U) + dns_u16(record.ttl_s & 0xffffU);
      out += dns_u16(static_cast<std::uint32_t>(record.data.size())) + record.data;
    }
    return out;
  }
};

/// What an honest server says to `query`.
inline DnsReply reply_to(const DnsQuery& query, std::vector<DnsRecord> records, int rcode = 0) {
  return {query.id, query.name, query.type, rcode, false, std::move(records)};
}

}  // namespace wswp::net
