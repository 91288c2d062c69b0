#include "net/detour.h"

#include <string_view>
#include <utility>

#include "base/endpoint.h"

namespace wswp::net {
namespace {

/// SOCKS proxies look names up themselves only under these scheme names of curl.
std::string resolving_remotely(const std::string& proxy, std::string_view scheme) {
  if (scheme == "socks4" || scheme == "socks5") {
    return std::string(scheme).append(scheme == "socks4" ? "a" : "h").append(proxy, scheme.size());
  }
  return proxy;
}

}  // namespace

std::vector<Detour> detours_of(const FetchOptions& options) {
  std::vector<Detour> detours;
  const auto add = [&detours](const std::optional<Endpoint>& endpoint, std::string proxy) {
    if (!endpoint) return;
    detours.push_back(
        {std::string(endpoint->host), endpoint->port, std::move(proxy), IpAddress::parse(endpoint->host)});
  };
  if (!options.connect_to.empty()) {
    add(endpoint_of_host_and_port(options.connect_to), "");
    return detours;
  }
  for (const std::string& proxy : options.proxies) {
    const auto endpoint = endpoint_of_proxy(proxy);
    add(endpoint, resolving_remotely(proxy, endpoint ? endpoint->scheme : ""));
  }
  return detours;
}

}  // namespace wswp::net
