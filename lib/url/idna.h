#pragma once
// Internationalised names: "domain to ASCII", https://url.spec.whatwg.org/#idna, over ICU's UTS 46. Any thread.

#include <string>
#include <string_view>

namespace wswp::url {

/// Appends the ASCII form of `domain` (UTF-8, at least one byte of it not ASCII): lower case, labels as "xn--…". False,
/// and nothing appended: UTS 46 refuses the name, or it is empty.
bool append_domain_to_ascii(std::string_view domain, std::string& out);

}  // namespace wswp::url
