#pragma once
// Where a transfer goes: the host and port of a canonical URL, of a proxy or of a "host:port" option. Not a URL parser
// (that is lib/url): it only cuts what has been parsed. Pure.

#include <cstdint>
#include <optional>
#include <string_view>

namespace wswp::net {

struct Endpoint {
  std::string_view scheme;  // "" where the text has none
  std::string_view host;    // without brackets; views into the text given
  std::uint16_t port = 0;
};

/// The endpoint of an absolute URL, "scheme://[user[:password]@]host[:port][/…]"; `default_port` where it names none
/// (80 and 443 for http and https). Nothing where there is no scheme or host, or the port is not 1-65535.
std::optional<Endpoint> endpoint_of_url(std::string_view url, std::uint16_t default_port = 0);

/// The endpoint of "host:port", "[v6]:port".
std::optional<Endpoint> endpoint_of_authority(std::string_view text, std::uint16_t default_port = 0);

}  // namespace wswp::net
