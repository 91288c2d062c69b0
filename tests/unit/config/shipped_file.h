#pragma once
// The configuration file that is installed with the daemon.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace wswp::config {

inline std::filesystem::path shipped_file_path() {
  return SHIPPED_CONFIG;
}

/// Its text; empty if it cannot be read.
inline std::string shipped_file() {
  const std::ifstream file(shipped_file_path());
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

/// Whether a line of it shows a key with its default, which is commented out: "#key = value". Prose has a blank behind
/// the "#".
inline bool shows_key(const std::string& line) {
  return line.size() > 1 && line[0] == '#' && line[1] >= 'a' && line[1] <= 'z';
}

}  // namespace wswp::config
