#pragma once
// What is wrong with a configuration file, and where. A plain value.

#include <string>

namespace wswp::config {

struct Problem {
  unsigned line = 0;  // from 1
  unsigned column = 0;
  std::string message;
};

}  // namespace wswp::config
