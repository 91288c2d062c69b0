#pragma once
// Owned file descriptors and small whole-file helpers. A FileDescriptor belongs to one thread at a time.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace wswp {

/// Closes its descriptor when it dies. -1: holds none.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() { reset(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }
  void reset();

 private:
  int fd_ = -1;
};

/// "PATH: reason" of the present errno.
Error errno_error(std::string_view doing, std::string_view path);

/// The whole content of a file, or its first `most` bytes.
Result<std::string> read_file(const std::string& path, std::size_t most = std::string::npos);

/// Creates `path` and its missing parents with mode 0750. Fine if it is already a directory.
Result<> make_directories(const std::string& path);

}  // namespace wswp
