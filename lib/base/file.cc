#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace wswp {

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = other.release();
  }
  return *this;
}

void FileDescriptor::reset() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

Error errno_error(std::string_view doing, std::string_view path) {
  return Error{fmt::format("{} {}: {}", doing, path, std::strerror(errno))};
}

Result<std::string> read_file(const std::string& path, std::size_t most) {
  const FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return errno_error("cannot open", path);
  std::string text;
  std::array<char, 65536> buffer{};
  while (text.size() < most) {
    const ssize_t n = ::read(fd.get(), buffer.data(), std::min(buffer.size(), most - text.size()));
    if (n == 0) break;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno_error("cannot read", path);
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return text;
}

Result<> make_directories(const std::string& path) {
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string prefix = path.substr(0, end);
    if (::mkdir(prefix.c_str(), 0750) != 0 && errno != EEXIST) return errno_error("cannot create directory", prefix);
    if (end == std::string::npos) break;
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return errno_error("cannot use directory", path);
  if (!S_ISDIR(status.st_mode)) return Error{fmt::format("{} is not a directory", path)};
  return {};
}

}  // namespace wswp
