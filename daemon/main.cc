// wswpd: reads its options and its configuration, takes the data directory and the socket, and becomes the supervisor.

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "config/checks.h"
#include "config/load.h"
#include "config/paths.h"
#include "daemon/supervisor.h"
#include "daemon/worker.h"
#include "frontier/invariants.h"
#include "wswp_version.h"

namespace wswp::daemon {
namespace {

constexpr int kFailure = 1;
constexpr int kUsage = 2;

struct Options {
  std::optional<std::string> config;
  std::optional<std::string> data_dir;
  std::optional<std::string> socket;
  bool check_config = false;
  bool check_database = false;
};

/// A flag may be relative to where the daemon was started.
std::string absolute(const std::string& path) {
  return path.empty() ? path : std::filesystem::absolute(path).lexically_normal().string();
}

/// The first directory systemd has made for the service (systemd.exec(5), RuntimeDirectory=); empty: it has made none.
std::string service_directory(const char* variable) {
  const char* list = std::getenv(variable);
  const std::string directories = list == nullptr ? "" : list;
  return directories.substr(0, directories.find(':'));
}

config::Settings default_settings() {
  config::Settings settings = config::defaults();
  if (auto state = service_directory("STATE_DIRECTORY"); !state.empty()) settings.data_dir = std::move(state);
  if (const auto runtime = service_directory("RUNTIME_DIRECTORY"); !runtime.empty())
    settings.socket = runtime + "/wswpd.sock";
  return settings;
}

/// The file, or the defaults where the default file is not there; flags beat both.
Result<config::Settings> load_settings(const Options& options) {
  const std::string path = options.config.value_or(config::default_paths().config_file);
  config::Settings settings = default_settings();
  if (options.config || ::access(path.c_str(), F_OK) == 0) {
    auto loaded = config::load_file(path, settings);
    if (!loaded) return loaded;
    settings = std::move(*loaded);
  }
  if (options.data_dir) settings.data_dir = absolute(*options.data_dir);
  if (options.socket) settings.socket = absolute(*options.socket);
  if (auto check = config::check_absolute_path(settings.data_dir); !check)
    return Error{"data directory: " + check.message()};
  if (auto check = config::check_socket_path(settings.socket); !check) return Error{"socket: " + check.message()};
  return settings;
}

int fail(int status, const Error& error) {
  log::error("{}", error.message);
  return status;
}

int check_database(const std::string& path) {
  const auto violations = frontier::check_invariants(path);
  if (!violations) return fail(kFailure, violations.error());
  for (const frontier::Violation& violation : *violations)
    fmt::print("not so: {} ({} times, for instance {})\n", violation.rule, violation.count, violation.example);
  if (!violations->empty()) return kFailure;
  fmt::print("{} is in order\n", path);
  return 0;
}

int run(const Options& options) {
  auto settings = load_settings(options);
  if (!settings) return fail(kUsage, settings.error());
  if (options.check_database) return check_database(database_path(*settings));
  if (options.check_config) {
    fmt::print("configuration is valid\n");
    return 0;
  }
  log::set_level(settings->log.level);
  log::info("wswpd {} starts", kVersion);
  if (auto made = make_directories(settings->data_dir); !made) return fail(kFailure, made.error());
  auto lock = DataLock::take(settings->data_dir);
  if (!lock) return fail(kFailure, lock.error());
  auto socket = ControlSocket::bind(settings->socket);
  if (!socket) return fail(kFailure, socket.error());

  const SystemClock clock;
  SupervisorSetup setup;
  setup.settings = std::move(*settings);
  setup.load_settings = [options] { return load_settings(options); };
  setup.clock = &clock;
  return Supervisor(std::move(setup), std::move(*lock), std::move(*socket)).run();
}

int start(int argc, char** argv) {
  Options options;
  CLI::App app{"wswpd: a crawler that installs like a database. Stays in the foreground; wswpctl talks to it."};
  app.add_option("--config", options.config,
                 "Configuration file (default: " + config::default_paths().config_file + ")")
      ->type_name("FILE");
  app.add_option("--data-dir", options.data_dir, "Where the database lies; beats the file")->type_name("DIR");
  app.add_option("--socket", options.socket, "The control socket; beats the file")->type_name("PATH");
  app.add_flag("--check-config", options.check_config, "Check the configuration and end");
  app.add_flag("--check-database", options.check_database,
               "Check that the database is in order and end; a running daemon is not disturbed");
  app.set_version_flag("--version", std::string("wswpd ") + kVersion);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : kUsage;
  }
  return run(options);
}

}  // namespace
}  // namespace wswp::daemon

int main(int argc, char** argv) {
  wswp::log::set_process_name("wswpd");
  try {
    return wswp::daemon::start(argc, argv);
  } catch (const std::exception& e) {
    wswp::log::error("{}", e.what());
    return 1;
  }
}
