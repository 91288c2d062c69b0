#include "cli/options.h"

#include <iostream>

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/default_socket.h"

namespace wswp::cli {
namespace {

/// "wswpctl add", or "wswpctl" where no command was recognised.
std::string command_name(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? "wswpctl" : "wswpctl " + commands.front()->get_name();
}

ExitCode finish(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) {  // --help, --version
    app.exit(error, std::cout, std::cerr);
    std::cout.flush();
    return ExitCode::kDone;
  }
  const auto strays = app.remaining();
  const bool unknown_command = app.get_subcommands().empty() && !strays.empty();
  const std::string problem =
      unknown_command ? fmt::format("there is no command \"{}\"", strays.front()) : error.what();
  complain(fmt::format("{}\nTry \"{} --help\".", problem, command_name(app)));
  return ExitCode::kUsage;
}

}  // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
  CommandLine line;
  CLI::App app("Asks and tells the crawler wswpd.", "wswpctl");
  app.fallthrough();
  app.require_subcommand(1);
  app.set_version_flag("--version", "wswpctl " WSWP_VERSION);
  app.add_option("--socket", line.socket, "The daemon's control socket")->type_name("PATH");
  app.add_flag("--json", line.json, "Print one JSON document (or JSON lines), nothing else");
  for (const auto declare :
       {declare_add, declare_status, declare_crawls, declare_pause_resume, declare_retry, declare_remove,
        declare_results, declare_errors, declare_show, declare_robots, declare_reload, declare_stop, declare_version}) {
    declare(app, line.command);
  }
  app.footer("Exit: 0 done, 1 the daemon said no or the work failed, 2 usage, 3 no daemon reachable.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    line.finished = finish(app, error);
  }
  if (line.socket.empty()) line.socket = default_socket();
  return line;
}

}  // namespace wswp::cli
