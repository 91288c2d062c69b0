#include "support/daemon.h"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/archive_file.h"
#include "support/http_exchange.h"

namespace wswp::test {

Config crawl_config(const std::string& server, const Config& changes) {
  Config config = changes;
  config.merge(Config{{"workers.processes", "2"},
                      {"workers.threads", "2"},
                      {"fetch.connect_timeout", "1.0"},
                      {"fetch.timeout", "1.5"},
                      {"fetch.retry_delay", "0.1"},
                      {"fetch.connect_to", '"' + server + '"'},
                      {"politeness.delay", "0.05"}});
  return config;
}

Daemon::Daemon(const Config& config, std::vector<std::string> environment) : environment_(std::move(environment)) {
  configure(config);
}

Daemon::~Daemon() {
  if (::testing::Test::HasFailure()) std::cerr << "---- log of wswpd\n" << log() << "---- end of the log\n";
}

void Daemon::configure(const Config& config) {
  std::string toml;
  Config all = config;
  all.emplace("data_dir", '"' + data_dir() + '"');
  all.emplace("socket", '"' + socket() + '"');
  for (const auto& [key, value] : all) toml += fmt::format("{} = {}\n", key, value);
  configure(toml);
}

void Daemon::configure(const std::string& toml) {
  write_file(config_file(), toml);
}

void Daemon::launch() {
  earlier_logs_ = log();
  process_ = std::make_unique<Process>(std::vector<std::string>{binary(), "--config", config_file()},
                                       ProcessOptions{.environment = environment_});
}

void Daemon::start() {
  launch();
  const bool up = eventually([&] { return answers() || !process_->running(); });
  if (!up || !process_->running()) throw std::runtime_error("wswpd does not start:\n" + log());
}

bool Daemon::answers() const {
  try {
    const auto answer = exchange(connect_unix(socket()), "GET", "/v1/status");
    if (answer.status != 200) return false;
    const auto status = nlohmann::json::parse(answer.body);
    return status.at("state") != "starting" || !status.at("problems").empty();
  } catch (const std::system_error&) {
    return false;
  }
}

std::optional<int> Daemon::stop() {
  process_->signal(SIGTERM);
  return process_->wait();
}

std::vector<pid_t> Daemon::workers() {
  std::vector<pid_t> pids;
  const nlohmann::json status = ctl_json({"status"});
  for (const auto& worker : status.at("workers")) pids.push_back(worker.at("pid").get<pid_t>());
  return pids;
}

std::vector<pid_t> Daemon::children() const {
  std::ifstream file(fmt::format("/proc/{0}/task/{0}/children", pid()));
  std::vector<pid_t> pids;
  for (pid_t child = 0; file >> child;) pids.push_back(child);
  return pids;
}

Finished Daemon::ctl(std::vector<std::string> arguments, const std::string& input,
                     std::chrono::milliseconds deadline) const {
  arguments.insert(arguments.begin(), {ctl_binary(), "--socket", socket()});
  return run(std::move(arguments), {.input = input}, deadline);
}

nlohmann::json Daemon::ctl_json(std::vector<std::string> arguments, const std::string& input) const {
  arguments.insert(arguments.begin(), "--json");
  const std::string command = fmt::format("{}", fmt::join(arguments, " "));
  const Finished finished = ctl(std::move(arguments), input);
  nlohmann::json document = nlohmann::json::parse(finished.out, nullptr, false);
  if (finished.exit == 0 && !document.is_discarded()) return document;
  ADD_FAILURE() << "wswpctl " << command << " exits with " << finished.exit << ":\n" << finished.out << finished.err;
  return nullptr;
}

nlohmann::json Daemon::urls(const std::string& crawl) const {
  const nlohmann::json status = ctl_json({"status"});
  for (const auto& each : status.at("crawls")) {
    if (each.at("name") == crawl) return each.at("urls");
  }
  return nullptr;
}

bool Daemon::has_problem(const std::string& code) const {
  const nlohmann::json status = ctl_json({"status"});
  const auto& problems = status.at("problems");
  return std::any_of(problems.begin(), problems.end(), [&](const auto& one) { return one.at("code") == code; });
}

nlohmann::json Daemon::add(const std::string& list, std::vector<std::string> options) const {
  options.insert(options.begin(), {"add", "-"});
  return ctl_json(std::move(options), list);
}

void Daemon::wait_until_done() const {
  const Finished finished = ctl({"status", "--wait"});
  EXPECT_EQ(finished.exit, 0) << finished.err;
}

std::map<std::string, CsvRow> Daemon::results(const std::string& crawl) const {
  const Finished finished = ctl({"results", crawl, "--format", "csv"});
  EXPECT_EQ(finished.exit, 0) << finished.err;
  auto rows = read_csv(finished.out, "url");
  for (auto& [url, row] : rows) {
    std::string& truncated = row.at("truncated");
    if (truncated == "true") truncated = "1";
    if (truncated == "false") truncated = "0";
  }
  return rows;
}

std::string Daemon::log() const {
  return earlier_logs_ + (process_ ? process_->err() : "");
}

std::string Daemon::binary() {
  return WSWPD_BINARY;
}
std::string Daemon::ctl_binary() {
  return WSWPCTL_BINARY;
}

}  // namespace wswp::test
