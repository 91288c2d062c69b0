#include "url/host.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "url/bytes.h"
#include "url/idna.h"
#include "url/ip_address.h"
#include "url/percent.h"

namespace wswp::url {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<std::uint8_t>(c) < 0x80; });
}

void append_lower(std::string_view text, std::string& out) {
  for (const char c : text) out += to_lower(c);
}

/// A name with "%XX" or characters beyond ASCII.
Problem append_decoded(std::string_view text, std::string& out) {
  const std::string domain = percent_decoded(text);
  const std::size_t begin = out.size();
  if (is_ascii(domain)) {
    append_lower(domain, out);
  } else {
    if (domain.size() > kMaxUnicodeHost) return Problem::kTooLong;
    if (!append_domain_to_ascii(domain, out)) return Problem::kHostName;
  }
  const std::uint8_t classes = classes_of(std::string_view(out).substr(begin));
  return (classes & (kForbiddenInHost | kDecodeInHost)) != 0 ? Problem::kHostCharacter : Problem::kNone;
}

}  // namespace

Problem append_host(std::string_view text, std::string& out) {
  if (text.empty()) return Problem::kNoHost;
  if (text.front() == '[') {
    if (text.size() < 2 || text.back() != ']') return Problem::kIpv6;
    out += '[';
    if (!append_ipv6(text.substr(1, text.size() - 2), out)) return Problem::kIpv6;
    out += ']';
    return Problem::kNone;
  }
  const std::size_t begin = out.size();
  const std::uint8_t classes = classes_of(text);
  if ((classes & kDecodeInHost) != 0) {
    const Problem problem = append_decoded(text, out);
    if (problem != Problem::kNone) return problem;
  } else if ((classes & kForbiddenInHost) != 0) {
    return Problem::kHostCharacter;
  } else if ((classes & kUpper) != 0) {
    append_lower(text, out);
  } else {
    out.append(text);
  }
  if (!ends_in_number(std::string_view(out).substr(begin))) return Problem::kNone;
  const std::string name = out.substr(begin);
  out.resize(begin);
  return append_ipv4(name, out) ? Problem::kNone : Problem::kIpv4;
}

}  // namespace wswp::url
