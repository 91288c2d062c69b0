#pragma once
// The names of hosts(5), which win over the name servers where those are the system's. Read once. Immutable: any
// thread.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "net/ip_address.h"

namespace wswp::net {

class HostsFile {
 public:
  HostsFile() = default;
  /// Lines that are not "address name…" are passed over.
  explicit HostsFile(std::string_view text);
  /// The file at `path`; empty where it cannot be read.
  static HostsFile load(const std::string& path);

  /// The addresses of `name` (lower case), or nullptr.
  const std::vector<IpAddress>* find(std::string_view name) const;

 private:
  std::map<std::string, std::vector<IpAddress>, std::less<>> names_;
};

}  // namespace wswp::net
