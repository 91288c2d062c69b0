#pragma once
// What every command is given, and how a command is declared. One thread.

#include <cstdint>
#include <functional>
#include <string>

#include "base/clock.h"
#include "cli/client.h"
#include "cli/output.h"
#include "cli/reply.h"
#include "cli/subcommand.h"

namespace wswp::cli {

struct Context {
  bool json;  // one JSON document (or JSON lines) on `out` and nothing else
  Client& client;
  const Clock& clock;
  std::function<void(std::int64_t milliseconds)> sleep;
  Writer& out;        // standard output; flushed when the command is over
  Terminal terminal;  // of standard output
  Terminal error_terminal;
};

using Command = std::function<ExitCode(Context&)>;

/// Says the failure on standard error; returns the exit code it stands for.
ExitCode fail(const Failure& failure);

/// `document` on one line.
void print_json(Context& context, const Json& document);

/// A crawl's name is not empty, so that it is a segment of a path.
std::string check_crawl_name(const std::string& name);

// Each adds its subcommand(s) to `app`; parsing one puts what it does into `chosen`.
void declare_add(CLI::App& app, Command& chosen);
void declare_status(CLI::App& app, Command& chosen);
void declare_crawls(CLI::App& app, Command& chosen);
void declare_pause_resume(CLI::App& app, Command& chosen);
void declare_retry(CLI::App& app, Command& chosen);
void declare_remove(CLI::App& app, Command& chosen);
void declare_results(CLI::App& app, Command& chosen);
void declare_errors(CLI::App& app, Command& chosen);
void declare_show(CLI::App& app, Command& chosen);
void declare_robots(CLI::App& app, Command& chosen);
void declare_reload(CLI::App& app, Command& chosen);
void declare_stop(CLI::App& app, Command& chosen);
void declare_version(CLI::App& app, Command& chosen);

}  // namespace wswp::cli
