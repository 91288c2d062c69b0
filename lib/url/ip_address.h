#pragma once
// IP addresses in the forms a URL may write them, and in the one form it is canonically written. Pure.

#include <optional>
#include <string>
#include <string_view>

namespace wswp::url {

/// Does the last label of an ASCII host name look like a number, so that the host must be an IPv4 address?
/// https://url.spec.whatwg.org/#ends-in-a-number-checker
bool ends_in_number(std::string_view host);

/// Appends the dotted-decimal form of `host`, which may have one to four parts in decimal, octal ("017") or hexadecimal
/// ("0xF"). False, and nothing appended: it is no address. https://url.spec.whatwg.org/#concept-ipv4-parser
bool append_ipv4(std::string_view host, std::string& out);

/// Appends the RFC 5952 form, without brackets, of the address `text` between the brackets. False, and nothing
/// appended: it is no address. https://url.spec.whatwg.org/#concept-ipv6-parser
bool append_ipv6(std::string_view text, std::string& out);

}  // namespace wswp::url
