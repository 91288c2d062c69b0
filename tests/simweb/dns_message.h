#pragma once
// DNS messages (RFC 1035): one question in, one answer out. Pure; any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wswp::simweb {

inline constexpr std::uint16_t kTypeA = 1;
inline constexpr std::uint16_t kTypeAaaa = 28;

enum class DnsCode : std::uint8_t { kNoError = 0, kFormatError = 1, kServerFailure = 2, kNameError = 3 };

struct DnsQuestion {
  std::uint16_t id = 0;
  std::uint16_t flags = 0;
  std::string name;  // lower case, without the final dot
  std::uint16_t type = 0;
  std::uint16_t klass = 0;
  std::string_view section;  // the question as sent, with its letters' case; a view into the query
};

/// The first question of a query; nothing where the message is no query or its name is not one (RFC 1035, 4.1).
std::optional<DnsQuestion> decode_query(std::string_view message);

struct DnsReply {
  DnsCode code = DnsCode::kNoError;
  bool is_truncated = false;
  std::optional<std::uint32_t> address;  // an A record, host byte order
  std::uint32_t ttl = 0;                 // seconds; of the address, or of the answer that there is none
  bool has_wrong_id = false;
  bool has_wrong_name = false;  // the address is that of other.test
};

/// An authoritative reply. A negative one carries a SOA record, whose minimum is the TTL (RFC 2308).
std::string encode_reply(const DnsQuestion& question, const DnsReply& reply);

}  // namespace wswp::simweb
