#include "support/simweb.h"

#include <stdexcept>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "support/http_exchange.h"

namespace wswp::test {
namespace {

std::vector<std::string> arguments(const std::string& log, const std::vector<std::string>& world,
                                   const std::vector<std::string>& serve) {
  std::vector<std::string> all{SIMWEB_BINARY, "--log", log, "--die-with-parent"};
  all.insert(all.end(), world.begin(), world.end());
  all.insert(all.end(), serve.begin(), serve.end());
  return all;
}

/// The port of "http=127.0.0.1:4711" in the ready line.
std::uint16_t port_of(const std::string& line, const std::string& name) {
  const std::size_t colon = line.find(':', line.find(name + "="));
  return static_cast<std::uint16_t>(std::stoul(line.substr(colon + 1)));
}

}  // namespace

Simweb::Simweb(std::vector<std::string> world, std::vector<std::string> serve)
    : world_(std::move(world)), process_(arguments(directory_.file("requests.log"), world_, serve)) {
  const bool ready = eventually([&] { return process_.out().ends_with('\n') || !process_.running(); });
  const std::string line = process_.out();
  if (!ready || !line.starts_with("ready ")) throw std::runtime_error("simweb does not start: " + process_.err());
  http_port_ = port_of(line, "http");
  dns_port_ = port_of(line, "dns");
}

std::string Simweb::http() const {
  return fmt::format("127.0.0.1:{}", http_port_);
}
std::string Simweb::dns() const {
  return fmt::format("127.0.0.1:{}", dns_port_);
}

std::vector<LoggedRequest> Simweb::requests(std::size_t least) const {
  exchange(connect_loopback(http_port_), "POST", "/.simweb/flush");
  auto text = read_file(directory_.file("requests.log"));
  if (!text) throw std::runtime_error(text.message());
  auto requests = parse_request_log(*text);
  EXPECT_GE(requests.size(), least) << "requests that simweb has seen";
  return requests;
}

nlohmann::json Simweb::statistics() const {
  return nlohmann::json::parse(exchange(connect_loopback(http_port_), "GET", "/.simweb/stats").body);
}

std::string Simweb::plan(const std::string& host) const {
  return exchange(connect_loopback(http_port_), "GET", "/.simweb/plan", host).body;
}

std::map<std::string, CsvRow> Simweb::expect(const std::string& list, std::vector<std::string> options) const {
  return read_csv(foretell(list, options), "url");
}

nlohmann::json Simweb::expect_cut(const std::string& list, std::vector<std::string> options) const {
  options.emplace_back("--cut");
  nlohmann::json cut = nlohmann::json::object();
  for (const auto& [rule, row] : read_csv(foretell(list, options), "rule")) cut[rule] = std::stoll(row.at("links"));
  return cut;
}

std::string Simweb::foretell(const std::string& list, const std::vector<std::string>& options) const {
  std::vector<std::string> all{SIMWEB_BINARY};
  all.insert(all.end(), world_.begin(), world_.end());
  all.insert(all.end(), {"expect", "--list", "-"});
  all.insert(all.end(), options.begin(), options.end());
  const Finished finished = run(std::move(all), {.input = list});
  EXPECT_EQ(finished.exit, 0) << finished.err;
  return finished.out;
}

}  // namespace wswp::test
