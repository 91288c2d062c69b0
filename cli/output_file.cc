#include "cli/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace wswp::cli {
namespace {

constexpr int kMostLinks = 40;  // as the kernel follows

Error cannot_write(const std::string& path) {
  return errno_error("cannot write", path);
}

/// What a chain of symbolic links leads to, be it there or not.
Result<std::string> target_of(std::string path) {
  std::error_code error;
  for (int links = 0; std::filesystem::is_symlink(std::filesystem::symlink_status(path, error)); ++links) {
    if (links == kMostLinks) return Error{fmt::format("cannot write {}: too many symbolic links", path)};
    const auto link = std::filesystem::read_symlink(path, error);
    if (error) return Error{fmt::format("cannot write {}: {}", path, error.message())};
    path = (std::filesystem::path(path).parent_path() / link).string();  // an absolute one stands for itself
  }
  return path;
}

std::string directory_of(const std::string& path) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  return directory.empty() ? "." : directory;
}

/// The mode that a new file gets.
mode_t new_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

Result<OutputFile> OutputFile::open(const std::string& path) {
  OutputFile output;
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) return cannot_write(path);
  if (exists && !S_ISREG(status.st_mode)) {
    output.file_ = FileDescriptor(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
    if (!output.file_) return cannot_write(path);
    return output;
  }
  if (exists && ::access(path.c_str(), W_OK) != 0) return cannot_write(path);
  auto target = target_of(path);
  if (!target) return target.error();
  output.target_ = std::move(*target);
  const mode_t mode = exists ? status.st_mode & 07777U : new_mode();
  if (auto opened = output.open_draft(directory_of(output.target_), exists, mode, status.st_uid, status.st_gid);
      !opened)
    return opened.error();
  return output;
}

/// A file without a name, which leaves nothing behind if this process is killed; where the file system has none, one
/// with a name that nobody has.
Result<> OutputFile::open_draft(const std::string& directory, bool replaces, unsigned mode, unsigned owner,
                                unsigned group) {
  file_ = FileDescriptor(::open(directory.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600));
  if (!file_) {
    std::string name = directory + "/.wswpctl-XXXXXX";
    file_ = FileDescriptor(::mkostemp(name.data(), O_CLOEXEC));
    if (!file_) return cannot_write(target_);
    draft_ = std::move(name);
  }
  // Only root may give a file away; whoever else replaces another's file owns the new one, as with any editor.
  if (replaces && ::fchown(file_.get(), owner, group) != 0) errno = 0;
  if (::fchmod(file_.get(), mode) != 0) return cannot_write(target_);
  return {};
}

Result<> OutputFile::keep() {
  if (target_.empty()) return {};
  if (draft_.empty()) {
    const std::string source = fmt::format("/proc/self/fd/{}", file_.get());
    const std::string prefix = directory_of(target_) + "/.wswpctl-";
    for (int number = 0; draft_.empty(); ++number) {
      const std::string name = fmt::format("{}{}-{}", prefix, ::getpid(), number);
      if (::linkat(AT_FDCWD, source.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0)
        draft_ = name;
      else if (errno != EEXIST)
        return cannot_write(target_);
    }
  }
  if (std::rename(draft_.c_str(), target_.c_str()) != 0) return cannot_write(target_);
  draft_.clear();
  return {};
}

void OutputFile::discard() {
  if (!draft_.empty()) ::unlink(draft_.c_str());
  draft_.clear();
}

bool is_standard_output(const std::string& path) {
  if (path == "-") return true;
  struct stat named {
  }, standard{};
  return ::stat(path.c_str(), &named) == 0 && ::fstat(STDOUT_FILENO, &standard) == 0 &&
         named.st_dev == standard.st_dev && named.st_ino == standard.st_ino;
}

}  // namespace wswp::cli
