#pragma once
// Where --output goes. A regular file, or one that is not there yet, appears when it is complete, with the mode and
// owner of the one it replaces; a symbolic link stays, and what it leads to is written. A device or a FIFO is written
// as the rows come. No other file is touched. One thread.

#include <string>

#include "base/file.h"
#include "base/result.h"

namespace wswp::cli {

class OutputFile {
 public:
  /// Error: it cannot be written, and why.
  static Result<OutputFile> open(const std::string& path);
  OutputFile(OutputFile&&) noexcept = default;
  OutputFile& operator=(OutputFile&&) noexcept = default;
  /// Without keep(), nothing has happened to a regular file.
  ~OutputFile() { discard(); }

  int fd() const { return file_.get(); }
  /// It is complete.
  Result<> keep();

 private:
  OutputFile() = default;
  Result<> open_draft(const std::string& directory, bool replaces, unsigned mode, unsigned owner, unsigned group);
  void discard();

  FileDescriptor file_;
  std::string target_;  // what the draft becomes; empty: it is written directly
  std::string draft_;   // its name; empty: it has none
};

/// Whether `path` names what standard output is: "-", or "/dev/stdout" and its likes.
bool is_standard_output(const std::string& path);

}  // namespace wswp::cli
