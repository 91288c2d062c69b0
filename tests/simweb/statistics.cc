#include "simweb/statistics.h"

#include <fmt/format.h>

namespace wswp::simweb {

std::string Statistics::json() const {
  const std::uint64_t closed = closed_.load();
  const std::uint64_t opened = connections_.load();
  std::string json =
      fmt::format(R"({{"requests": {}, "connections": {}, "connections_open": {}, "dns_queries": {}, "statuses": {{)",
                  requests_.load(), opened, opened - closed, dns_queries_.load());
  const char* separator = "";
  for (std::size_t status = 0; status < kStatuses; ++status) {
    const std::uint64_t count = statuses_[status].load();
    if (count == 0) continue;
    json += fmt::format(R"({}"{}": {})", separator, status, count);
    separator = ", ";
  }
  json += R"(}, "faults": {)";
  separator = "";
  for (std::size_t fault = 0; fault < kFaults; ++fault) {
    const std::uint64_t count = faults_[fault].load();
    if (count == 0) continue;
    json += fmt::format(R"({}"{}": {})", separator, fault_name(static_cast<Fault>(fault)), count);
    separator = ", ";
  }
  json += "}}\n";
  return json;
}

}  // namespace wswp::simweb
