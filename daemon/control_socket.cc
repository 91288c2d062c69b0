#include "daemon/control_socket.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace wswp::daemon {
namespace {

constexpr int kBacklog = 1024;  // that wait to be let in: a burst of clients is none too many

const sockaddr* address_of(const sockaddr_un& name) {
  return reinterpret_cast<const sockaddr*>(&name);  // the socket API's own idiom
}

FileDescriptor new_socket() {
  return FileDescriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

/// Clears the way: removes a socket file that refuses connections.
Result<> remove_stale(const std::string& path, const sockaddr_un& name) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) return {};
    return errno_error("cannot use the socket", path);
  }
  if (!S_ISSOCK(status.st_mode)) return Error{fmt::format("{} is in the way of the control socket", path)};
  const FileDescriptor probe = new_socket();
  if (::connect(probe.get(), address_of(name), sizeof(name)) == 0 || errno != ECONNREFUSED)
    return Error{fmt::format("socket {} is in use by another process", path)};
  if (::unlink(path.c_str()) != 0) return errno_error("cannot remove the stale socket", path);
  return {};
}

}  // namespace

Result<ControlSocket> ControlSocket::bind(const std::string& path) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (path.size() >= sizeof(name.sun_path))
    return Error{fmt::format("socket path {} is {} bytes long; {} is the most the system takes", path, path.size(),
                             sizeof(name.sun_path) - 1)};
  std::memcpy(name.sun_path, path.data(), path.size());

  const std::size_t slash = path.rfind('/');
  if (slash != std::string::npos && slash != 0) {
    if (auto made = make_directories(path.substr(0, slash)); !made) return made.error();
  }
  if (auto clear = remove_stale(path, name); !clear) return clear.error();

  ControlSocket self;
  self.path_ = path;
  self.listener_ = new_socket();
  if (!self.listener_) return errno_error("cannot make the socket", path);
  const mode_t mask = ::umask(0117);
  const bool bound = ::bind(self.listener_.get(), address_of(name), sizeof(name)) == 0;
  ::umask(mask);
  if (!bound) return errno_error("cannot bind the socket", path);
  if (::listen(self.listener_.get(), kBacklog) != 0) return errno_error("cannot listen on", path);
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return errno_error("cannot use the socket", path);
  self.device_ = status.st_dev;
  self.inode_ = status.st_ino;
  return self;
}

void ControlSocket::unlink() const {
  struct stat status {};
  if (::lstat(path_.c_str(), &status) == 0 && status.st_dev == device_ && status.st_ino == inode_)
    ::unlink(path_.c_str());
}

}  // namespace wswp::daemon
