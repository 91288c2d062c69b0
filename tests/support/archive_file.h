#pragma once
// Compressed files for tests.

#include <map>
#include <string>

namespace wswp::test {

void write_file(const std::string& path, const std::string& content);
/// Name in the archive → content. Throws std::runtime_error.
void write_zip(const std::string& path, const std::map<std::string, std::string>& files);
void write_gzip(const std::string& path, const std::string& content);
/// Writes what a gzip file contains to `to`.
void unpack_gzip(const std::string& path, const std::string& to);

}  // namespace wswp::test
