#pragma once
// A directory of one test, gone with it.

#include <cstdlib>
#include <filesystem>
#include <string>

namespace wswp::daemon {

class TempDir {
 public:
  TempDir() : path_((std::filesystem::temp_directory_path() / "wswp-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) std::abort();
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace wswp::daemon
