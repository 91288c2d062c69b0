#include "cli/unreachable.h"

#include <grp.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace wswp::cli {
namespace {

/// The group that owns `path`, or the nearest folder above it that can be looked at.
std::string owning_group(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    const auto parent = path.parent_path();
    return parent.empty() || parent == path ? "wswp" : owning_group(parent);
  }
  const group* entry = ::getgrgid(status.st_gid);
  return entry != nullptr ? entry->gr_name : std::to_string(status.st_gid);
}

}  // namespace

std::string unreachable_message(const std::string& socket, int error) {
  if (error == EACCES || error == EPERM) {
    const std::string group = owning_group(socket);
    return fmt::format(
        "permission denied on {}: only root, the daemon's user and members of the group {} may use it; join with "
        "\"sudo usermod -aG {} $USER\" and log in again",
        socket, group, group);
  }
  const std::string reason = error == 0 ? "" : fmt::format(" ({})", std::generic_category().message(error));
  return fmt::format("no daemon answers on {}{}: start one with \"systemctl start wswpd\" or \"wswpd\"", socket,
                     reason);
}

}  // namespace wswp::cli
