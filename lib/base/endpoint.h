#pragma once
// Where connections go: the host and port of a canonical URL, of a proxy, of a name server, of "host:port". It only
// cuts texts (the URL parser is lib/url); what the configuration accepts and what transfers use is read by the same
// functions. Pure; any thread.

#include <cstdint>
#include <optional>
#include <string_view>

namespace wswp {

struct Endpoint {
  std::string_view scheme;  // "" where the text has none
  std::string_view host;    // without brackets; views into the text given
  std::uint16_t port = 0;
};

/// The endpoint of an absolute URL in canonical form, "scheme://[user[:password]@]host[:port][/…]"; 80 and 443 are the
/// ports of http and https that name none. Nothing where there is no scheme or host, or the port is not 1-65535.
std::optional<Endpoint> endpoint_of_url(std::string_view url);

/// The endpoint of "name:port", "IPv4:port" or "[IPv6]:port"; nothing for any other text.
std::optional<Endpoint> endpoint_of_host_and_port(std::string_view text);

/// The endpoint of a proxy as libcurl reads it, "scheme://[user[:password]@]host[:port][/]" with http, https, socks4,
/// socks4a, socks5 or socks5h; the port of one that names none is 443 for https, else 1080. Nothing for any other text,
/// also where user or password have a character that ends or divides them, a blank, a control character or a "%00".
std::optional<Endpoint> endpoint_of_proxy(std::string_view url);

/// The endpoint of a name server, "IPv4", "IPv4:port", "IPv6", "[IPv6]" or "[IPv6]:port"; 53 is the port of one that
/// names none. Nothing for any other text.
std::optional<Endpoint> endpoint_of_name_server(std::string_view text);

}  // namespace wswp
