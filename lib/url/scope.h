#pragma once
// Which hosts belong to one site, by the Public Suffix List (https://publicsuffix.org/): the system's list where there
// is one, else the one built into libpsl. The list is loaded once, at the first call. Any thread.

#include <string>
#include <string_view>

#include "url/url.h"

namespace wswp::url {

/// The name somebody registered: "bbc.co.uk" for "news.bbc.co.uk". An address, a name without a dot and a public suffix
/// are their own. `host` as Url::host() gives it.
std::string registrable_domain(std::string_view host);

/// Do two hosts have the same registrable domain? `host`s as Url::host() gives them.
bool same_site(std::string_view host, std::string_view other);

/// The same for the hosts of two URLs; scheme and port do not matter.
inline bool same_site(const Url& url, const Url& other) {
  return same_site(url.host(), other.host());
}

}  // namespace wswp::url
