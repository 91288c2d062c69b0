#include "net/endpoint.h"

#include <charconv>
#include <system_error>

namespace wswp::net {

std::optional<Endpoint> endpoint_of_authority(std::string_view text, std::uint16_t default_port) {
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

std::optional<Endpoint> endpoint_of_url(std::string_view url, std::uint16_t default_port) {
  const auto colon = url.find("://");
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::string_view scheme = url.substr(0, colon);
  std::string_view authority = url.substr(colon + 3);
  authority = authority.substr(0, authority.find_first_of("/?#\\"));
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  if (default_port == 0 && scheme == "http") default_port = 80;
  if (default_port == 0 && scheme == "https") default_port = 443;
  auto endpoint = endpoint_of_authority(authority, default_port);
  if (endpoint) endpoint->scheme = scheme;
  return endpoint;
}

}  // namespace wswp::net
