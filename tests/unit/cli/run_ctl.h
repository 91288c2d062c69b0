#pragma once
// Runs the real wswpctl as a child process and collects what it says.

#include <string>
#include <vector>

namespace wswp::cli {

struct Run {
  std::vector<std::string> arguments;
  std::vector<std::string> environment = {};  // "NAME=value", besides PATH
  std::string input = "";                     // its standard input
  bool on_terminal = false;                   // standard output is a terminal of 80 by 24
  bool as_nobody = false;                     // without the rights of root; only root can ask for it
};

struct Outcome {
  int exit_code = -1;  // 128 + N if signal N ended it
  std::string out;
  std::string err;
};

/// Kills the child after 30 s, so that a test which hangs fails.
Outcome run_ctl(const Run& run);

}  // namespace wswp::cli
