#include "base/endpoint.h"
#include "net/fetch_loop.h"
#include "net/resolver.h"

namespace wswp::net {

Result<> check(const FetchOptions& options) {
  if (options.connect_timeout_ms <= 0) return Error{"connect_timeout: must be more than 0"};
  if (options.timeout_ms <= 0) return Error{"timeout: must be more than 0"};
  if (options.max_body == 0) return Error{"max_body: must be more than 0"};
  if (!options.connect_to.empty() && !endpoint_of_host_and_port(options.connect_to)) {
    return Error{"connect_to: \"" + options.connect_to + "\" is not host:port"};
  }
  for (const std::string& proxy : options.proxies) {
    if (!endpoint_of_proxy(proxy)) return Error{"proxies: \"" + proxy + "\" is not the URL of a proxy"};
  }
  return check_nameservers(options.nameservers);
}

}  // namespace wswp::net
