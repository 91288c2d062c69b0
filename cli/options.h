#pragma once
// The command line: global options, which may stand before or after the command, and the command itself.

#include <optional>
#include <string>

#include "cli/command.h"

namespace wswp::cli {

struct CommandLine {
  std::string socket;
  bool json = false;
  Command command;                   // empty if `finished`
  std::optional<ExitCode> finished;  // help was printed, or a usage error was said on standard error
};

CommandLine parse_command_line(int argc, const char* const* argv);

}  // namespace wswp::cli
