#pragma once
// The listening Unix socket of the API. The supervisor binds it and keeps it open, so that a replaced control process
// finds the connections that were waiting meanwhile. Mode 0660; who may use it further is judged per connection.

#include <sys/types.h>

#include <string>

#include "base/file.h"
#include "base/result.h"

namespace wswp::daemon {

class ControlSocket {
 public:
  /// Precondition: the data-directory lock is held and this process has one thread (umask). The directory is made with
  /// mode 0750 where it is missing. A socket file nobody listens on is replaced; anything else at `path` is an error.
  static Result<ControlSocket> bind(const std::string& path);

  int fd() const { return listener_.get(); }
  /// In a child that does not serve it.
  void close() { listener_.reset(); }
  /// Removes the file, if it is still this socket's. Supervisor only.
  void unlink() const;

 private:
  ControlSocket() = default;

  FileDescriptor listener_;
  std::string path_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

}  // namespace wswp::daemon
