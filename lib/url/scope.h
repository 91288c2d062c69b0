#pragma once
// Which hosts belong to one site, by the Public Suffix List (https://publicsuffix.org/): the system's list where there
// is one, else the one built into libpsl. The list is loaded once, at the first call. Any
// thread may call the functions.

#include <string>
#include <string_view>

#include "url/url.h"

namespace wswp::url {

/// The name somebody registered: "bbc.co.uk" for "news.bbc.co.uk". An address, a name without a dot and a public suffix
/// are their own. `host` as Url::host() gives it.
std::string registrable_domain(std::string_view host);

/// The hosts that have one registrable domain. Asks the list only about names that may be of the site, and about its
/// own host once: links to elsewhere mostly cost no look-up, those to another "x.co.uk" from one under co.uk do. One
/// thread at a time. Refers to the host it is made of.
class Site {
 public:
  /// `host` as Url::host() gives it.
  explicit Site(std::string_view host);

  /// `host` as Url::host() gives it.
  bool contains(std::string_view host);

  /// Whether `reference`, a link as it stands in a page, names a host so plainly that it leads to no host of the site
  /// or nowhere: true without parsing it for most links to elsewhere, false for all others.
  bool excludes(std::string_view reference) const;

 private:
  std::string_view host_;
  std::string_view last_labels_;  // the last two of host_
  std::string_view domain_;       // the registrable domain of host_; empty: not asked yet
};

/// Do the hosts of two URLs have the same registrable domain? Scheme and port do not matter.
inline bool same_site(const Url& url, const Url& other) {
  return Site(url.host()).contains(other.host());
}

}  // namespace wswp::url
