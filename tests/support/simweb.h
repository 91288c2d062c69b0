#pragma once
// A running wswp-simweb on free ports, its request log, and what it says a perfect crawler would find. One thread.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/csv.h"
#include "support/process.h"
#include "support/request_log.h"
#include "support/temp_dir.h"

namespace wswp::test {

class Simweb {
 public:
  /// `world`: options of the world, which expect() uses too. `serve`: options of the server alone, such as --listen.
  explicit Simweb(std::vector<std::string> world, std::vector<std::string> serve = {});

  std::uint16_t http_port() const { return http_port_; }
  /// For connect_to.
  std::string http() const;
  /// For nameservers.
  std::string dns() const;

  /// The requests so far. Fails the test where there are fewer than `least`.
  std::vector<LoggedRequest> requests(std::size_t least) const;
  /// How many there are so far: to be waited for, or compared.
  std::size_t request_count() const { return requests(0).size(); }
  nlohmann::json statistics() const;
  /// What a site does, as JSON text.
  std::string plan(const std::string& host) const;
  /// By URL. `list` is the content of a list, `options` those of "expect". Only where the server's answers depend on
  /// how often it was asked, the crawl must be its first.
  std::map<std::string, CsvRow> expect(const std::string& list, std::vector<std::string> options) const;
  /// How many links each rule against traps cuts, as "cut" of the status.
  nlohmann::json expect_cut(const std::string& list, std::vector<std::string> options) const;

 private:
  /// Output of the subcommand.
  std::string foretell(const std::string& list, const std::vector<std::string>& options) const;

  TempDir directory_;
  std::vector<std::string> world_;
  Process process_;
  std::uint16_t http_port_ = 0;
  std::uint16_t dns_port_ = 0;
};

}  // namespace wswp::test
