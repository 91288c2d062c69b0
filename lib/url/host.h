#pragma once
// The host of a URL: a name, an IPv4 address or an IPv6 address. https://url.spec.whatwg.org/#host-parsing. Any thread.

#include <string>
#include <string_view>

#include "url/url.h"

namespace wswp::url {

/// Appends the canonical form of `text` (what stands between "//" or '@' and the port or path). After a problem, `out`
/// may have grown.
Problem append_host(std::string_view text, std::string& out);

}  // namespace wswp::url
