#include "base/endpoint.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <system_error>

#include "base/ascii.h"

namespace wswp {

namespace {

constexpr std::array<std::string_view, 6> kProxySchemes = {"http", "https", "socks4", "socks4a", "socks5", "socks5h"};

/// An address as inet_pton(3) reads it, which sees a text only up to its first zero byte.
template <class Address>
bool is_address(int family, std::string_view text) {
  Address address{};
  return text.find('\0') == std::string_view::npos && ::inet_pton(family, std::string(text).c_str(), &address) == 1;
}
bool is_ipv4(std::string_view text) {
  return is_address<in_addr>(AF_INET, text);
}
bool is_ipv6(std::string_view text) {
  return is_address<in6_addr>(AF_INET6, text);
}

/// Letters, digits, '-', '_' and dots that separate labels that are not empty; also covers IPv4.
bool is_host_name(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; });
}

/// "host", "host:port", "[v6]" or "[v6]:port", with nothing said of the host. The port of one that names none is
/// `default_port`; 0: it must name one.
std::optional<Endpoint> split(std::string_view text, std::uint16_t default_port) {
  Endpoint endpoint;
  endpoint.port = default_port;
  std::string_view port;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    endpoint.host = text.substr(1, close - 1);
    port = text.substr(close + 1);
  } else {
    endpoint.host = text.substr(0, text.find(':'));
    port = text.substr(endpoint.host.size());
  }
  if (endpoint.host.empty()) return std::nullopt;
  if (!port.empty()) {
    if (port.front() != ':') return std::nullopt;
    const char* end = port.data() + port.size();
    const auto [stop, failure] = std::from_chars(port.data() + 1, end, endpoint.port);
    if (failure != std::errc() || stop != end) return std::nullopt;
  }
  if (endpoint.port == 0) return std::nullopt;
  return endpoint;
}

/// The same with a host that is a name or an address.
std::optional<Endpoint> split_checked(std::string_view text, std::uint16_t default_port) {
  auto endpoint = split(text, default_port);
  if (endpoint && !(text.starts_with('[') ? is_ipv6(endpoint->host) : is_host_name(endpoint->host)))
    return std::nullopt;
  return endpoint;
}

bool may_be_in_user_info(char c) {
  return static_cast<unsigned char>(c) > 0x20 && c != 0x7F &&
         std::string_view("/?#\\@").find(c) == std::string_view::npos;
}

/// The scheme of an absolute URL, which `rest` loses with its "://"; empty: there is none.
std::string_view take_scheme(std::string_view& rest) {
  const auto colon = rest.find("://");
  if (colon == std::string_view::npos) return {};
  const std::string_view scheme = rest.substr(0, colon);
  rest.remove_prefix(colon + 3);
  return scheme;
}

}  // namespace

std::optional<Endpoint> endpoint_of_url(std::string_view url) {
  const std::string_view scheme = take_scheme(url);
  if (scheme.empty()) return std::nullopt;
  std::string_view authority = url.substr(0, url.find_first_of("/?#\\"));
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  const std::uint16_t default_port = scheme == "http" ? 80 : scheme == "https" ? 443 : 0;
  auto endpoint = split(authority, default_port);
  if (endpoint) endpoint->scheme = scheme;
  return endpoint;
}

std::optional<Endpoint> endpoint_of_host_and_port(std::string_view text) {
  return split_checked(text, 0);
}

std::optional<Endpoint> endpoint_of_proxy(std::string_view url) {
  const std::string_view scheme = take_scheme(url);
  if (std::find(kProxySchemes.begin(), kProxySchemes.end(), scheme) == kProxySchemes.end()) return std::nullopt;
  if (url.ends_with('/')) url.remove_suffix(1);
  if (const auto at = url.rfind('@'); at != std::string_view::npos) {
    const std::string_view user_info = url.substr(0, at);
    if (!std::all_of(user_info.begin(), user_info.end(), may_be_in_user_info)) return std::nullopt;
    if (user_info.find("%00") != std::string_view::npos) return std::nullopt;
    url.remove_prefix(at + 1);
  }
  auto endpoint = split_checked(url, scheme == "https" ? 443 : 1080);
  if (endpoint) endpoint->scheme = scheme;
  return endpoint;
}

std::optional<Endpoint> endpoint_of_name_server(std::string_view text) {
  constexpr std::uint16_t kDnsPort = 53;
  if (is_ipv6(text)) return Endpoint{"", text, kDnsPort};
  const auto endpoint = split_checked(text, kDnsPort);
  if (endpoint && !text.starts_with('[') && !is_ipv4(endpoint->host)) return std::nullopt;
  return endpoint;
}

}  // namespace wswp
