#include <algorithm>
#include <array>

#include "net/endpoint.h"
#include "net/fetch_loop.h"
#include "net/resolver.h"

namespace wswp::net {

namespace {

constexpr std::array<std::string_view, 6> kProxySchemes{"http", "https", "socks4", "socks4a", "socks5", "socks5h"};

}  // namespace

Result<> check(const FetchOptions& options) {
  if (options.connect_timeout_ms <= 0) return Error{"connect_timeout: must be more than 0"};
  if (options.timeout_ms <= 0) return Error{"timeout: must be more than 0"};
  if (options.max_body == 0) return Error{"max_body: must be more than 0"};
  if (!options.connect_to.empty() && !endpoint_of_authority(options.connect_to)) {
    return Error{"connect_to: \"" + options.connect_to + "\" is not host:port"};
  }
  for (const std::string& proxy : options.proxies) {
    const auto endpoint = endpoint_of_url(proxy, 1080);
    if (!endpoint || std::find(kProxySchemes.begin(), kProxySchemes.end(), endpoint->scheme) == kProxySchemes.end()) {
      return Error{"proxies: \"" + proxy + "\" is not an http, https or socks URL"};
    }
  }
  return check_nameservers(options.nameservers);
}

}  // namespace wswp::net
