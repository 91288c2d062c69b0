#include "cli/list_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/file.h"
#include "base/scheme.h"
#include "cli/download.h"

namespace wswp::cli {
namespace {

/// A file, a FIFO or standard input.
class FileSource final : public ListSource {
 public:
  FileSource(std::string label, std::string filename, std::optional<std::uint64_t> size, FileDescriptor file)
      : ListSource(std::move(label), std::move(filename), size), file_(std::move(file)) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    while (true) {
      const ssize_t got = ::read(file_.get(), buffer, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return Error{"cannot be read: " + std::generic_category().message(errno)};
    }
  }

 private:
  FileDescriptor file_;
};

/// A URL that is itself the seed: a list of one line.
class SeedSource final : public ListSource {
 public:
  explicit SeedSource(const std::string& url) : ListSource(url, "", url.size() + 1), rest_(url + "\n") {}

  Result<std::size_t> read(char* buffer, std::size_t size) override {
    const std::size_t taken = rest_.copy(buffer, size);
    rest_.erase(0, taken);
    return taken;
  }

 private:
  std::string rest_;
};

class DownloadSource final : public ListSource {
 public:
  DownloadSource(std::string url, std::string filename, std::unique_ptr<Download> download)
      : ListSource(std::move(url), std::move(filename), download->size()), download_(std::move(download)) {}

  Result<std::size_t> read(char* buffer, std::size_t size) override { return download_->read(buffer, size); }

 private:
  std::unique_ptr<Download> download_;
};

/// "https://host/lists/top-1m.csv.zip?x=1" → "top-1m.csv.zip".
std::string last_segment(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  url.remove_prefix(url.find("://") + 3);
  const std::size_t slash = url.rfind('/');
  return slash == std::string_view::npos ? "" : std::string(url.substr(slash + 1));
}

Result<std::unique_ptr<ListSource>> open_download(const std::string& url) {
  auto download = Download::start(url);
  if (!download) return Error{fmt::format("{}: {}", url, download.message())};
  return std::unique_ptr<ListSource>(
      std::make_unique<DownloadSource>(url, last_segment(url), std::move(download).value()));
}

/// Why `path` cannot be opened; a name that looks like a site's gets a hint.
Error open_error(const std::string& path) {
  const int reason = errno;
  std::string hint;
  if (reason == ENOENT && path.find('.') != std::string::npos && path.find('/') == std::string::npos) {
    hint = fmt::format(" (for the site, write http://{}/)", path);
  }
  return Error{fmt::format("cannot open {}: {}{}", path, std::generic_category().message(reason), hint)};
}

Result<std::unique_ptr<ListSource>> open_file(const std::string& path) {
  FileDescriptor file(path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                  : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const std::string label = path == "-" ? "standard input" : path;
  if (!file) return open_error(label);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return errno_error("cannot read", label);
  if (S_ISDIR(status.st_mode)) return Error{fmt::format("{} is a directory, not a list", label)};
  std::optional<std::uint64_t> size;
  if (S_ISREG(status.st_mode)) size = static_cast<std::uint64_t>(status.st_size);
  const std::string filename = path == "-" ? "" : std::filesystem::path(path).filename().string();
  return std::unique_ptr<ListSource>(std::make_unique<FileSource>(label, filename, size, std::move(file)));
}

}  // namespace

Result<std::unique_ptr<ListSource>> open_source(const std::string& argument, bool download) {
  if (!names_scheme(argument)) return open_file(argument);
  if (download) return open_download(with_scheme(argument));
  return std::unique_ptr<ListSource>(std::make_unique<SeedSource>(argument));
}

}  // namespace wswp::cli
