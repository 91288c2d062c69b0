#include "url/host.h"

#include <algorithm>
#include <array>
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

/// How many characters outside ASCII the label with most of them has (https://www.unicode.org/reports/tr46/#Notation
/// has what separates labels).
std::size_t longest_unicode_label(std::string_view domain) {
  constexpr std::array<std::string_view, 3> kSeparators = {"\u3002", "\uFF0E", "\uFF61"};
  std::size_t most = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < domain.size(); ++i) {
    if (static_cast<std::uint8_t>(domain[i]) < 0xC0 && domain[i] != '.') continue;  // ASCII, or no first byte
    const bool separates =
        domain[i] == '.' || std::find(kSeparators.begin(), kSeparators.end(), domain.substr(i, 3)) != kSeparators.end();
    count = separates ? 0 : count + 1;
    most = std::max(most, count);
  }
  return most;
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
    if (domain.size() > kMaxUnicodeHost || longest_unicode_label(domain) > kMaxUnicodeLabel) return Problem::kTooLong;
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
