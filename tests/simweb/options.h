#pragma once
// The command line of wswp-simweb as typed values.

#include <string>
#include <variant>

#include "base/result.h"
#include "simweb/endpoint.h"
#include "simweb/oracle.h"
#include "simweb/world.h"

namespace wswp::simweb {

struct ServeOptions {
  Endpoint http;
  Endpoint dns;
  std::string log;  // path; empty: none
  unsigned threads = 1;
  int ready_fd = 1;
  bool die_with_parent = false;
};

struct ExpectOptions {
  std::string list;  // path; "-": standard input
  OracleOptions oracle;
  CrawlRules crawl;
  bool cut = false;  // what rules against traps cut is wanted, not the rows
};

struct Options {
  World world;
  bool expect = false;  // the subcommand; otherwise serve
  ServeOptions serve;
  ExpectOptions foretell;
};

/// The options, or the exit code after help or the complaint were printed.
std::variant<Options, int> parse_options(int argc, char** argv);

}  // namespace wswp::simweb
