// wswpctl: asks and tells a running wswpd through its control socket.

#include <curl/curl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <exception>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "base/clock.h"
#include "cli/options.h"

namespace {

using namespace wswp;
using cli::ExitCode;

ExitCode run(const cli::CommandLine& line) {
  cli::Client client(line.socket);
  cli::Writer out(STDOUT_FILENO);
  const SystemClock clock;
  cli::Context context{.json = line.json,
                       .client = client,
                       .clock = clock,
                       .sleep = [](auto time) { std::this_thread::sleep_for(std::chrono::milliseconds(time)); },
                       .out = out,
                       .terminal = cli::terminal_of(STDOUT_FILENO),
                       .error_terminal = cli::terminal_of(STDERR_FILENO)};
  const ExitCode code = line.command(context);
  out.flush();
  if (out.error() == EPIPE) {  // end as every filter does whose reader has gone
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  }
  if (out.ok()) return code;
  cli::complain(fmt::format("standard output: {}", std::generic_category().message(out.error())));
  return ExitCode::kFailed;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a write that fails says so by its error
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    cli::init_locale();
    const cli::CommandLine line = cli::parse_command_line(argc, argv);
    if (line.finished) return static_cast<int>(*line.finished);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    return static_cast<int>(run(line));
  } catch (const nlohmann::json::exception& error) {
    cli::complain(fmt::format("the daemon's answer was not understood: {}", error.what()));
  } catch (const std::exception& error) {
    cli::complain(error.what());
  }
  return static_cast<int>(ExitCode::kFailed);
}
