#include "daemon/log_watch.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <fstream>
#include <sstream>
#include <utility>

#include <fmt/format.h>

namespace wswp::daemon {
namespace {

constexpr int kFirstReadLock = 123, kLastReadLock = 127;  // bytes: WAL_READ_LOCK(0) to (4)

/// A file of /proc, which has no size.
std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return std::move(text).str();
}

std::string program_name(pid_t pid) {
  std::string name = content_of(fmt::format("/proc/{}/comm", pid));
  while (!name.empty() && name.back() == '\n') name.pop_back();
  return name;
}

}  // namespace

std::set<pid_t> readers_in(std::string_view locks, dev_t device, ino_t inode) {
  const std::string file = fmt::format("{:02x}:{:02x}:{}", major(device), minor(device), inode);
  std::set<pid_t> readers;
  std::istringstream lines{std::string(locks)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string number, kind, mode, access, where;
    pid_t pid = 0;
    int first = 0, last = 0;
    if (!(words >> number >> kind >> mode >> access >> pid >> where >> first >> last)) continue;  // of a whole file
    if (where == file && first <= kLastReadLock && last >= kFirstReadLock) readers.insert(pid);
  }
  return readers;
}

void LogWatch::look(MonoMs now, const std::set<pid_t>& ours) {
  struct stat log {
  }, index{};
  std::optional<Problem> found;
  const bool large = ::stat((database_ + "-wal").c_str(), &log) == 0 && log.st_size > kLargeBytes &&
                     ::stat((database_ + "-shm").c_str(), &index) == 0;
  if (large) {
    std::set<pid_t> readers = readers_in(content_of("/proc/locks"), index.st_dev, index.st_ino);
    for (const pid_t pid : ours) readers.erase(pid);
    if (large_since_ == 0) {
      large_since_ = now;
      suspects_ = std::move(readers);
    } else {
      std::erase_if(suspects_, [&](pid_t pid) { return !readers.contains(pid); });
    }
    if (suspects_.empty()) large_since_ = 0;  // and whoever reads at the next look is suspected
    if (!suspects_.empty() && now - large_since_ >= kPatienceMs)
      found = Problem{.bytes = log.st_size, .reader = *suspects_.begin(), .name = program_name(*suspects_.begin())};
  } else {
    large_since_ = 0;
    suspects_.clear();
  }
  const std::lock_guard lock(mutex_);
  problem_ = std::move(found);
}

std::optional<LogWatch::Problem> LogWatch::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

std::string to_string(const LogWatch::Problem& problem) {
  return fmt::format(
      "process {}{} reads the database in a transaction that does not end, so the log (wswp.db-wal) has grown to {} "
      "MB; it shrinks when that ends",
      problem.reader, problem.name.empty() ? "" : " (" + problem.name + ")", problem.bytes / 1'000'000);
}

}  // namespace wswp::daemon
