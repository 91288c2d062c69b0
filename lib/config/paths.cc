#include "config/paths.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

namespace wswp::config {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string home_of(unsigned uid) {
  if (std::string home = variable("HOME"); !home.empty()) return home;
  const passwd* user = ::getpwuid(uid);
  return user == nullptr ? "/" : user->pw_dir;
}

std::string directory(const std::string& chosen, const std::string& otherwise) {
  return std::string_view(chosen).starts_with('/') ? chosen : otherwise;
}

}  // namespace

Environment Environment::current() {
  const unsigned uid = ::geteuid();
  return {uid, home_of(uid), variable("XDG_CONFIG_HOME"), variable("XDG_DATA_HOME"), variable("XDG_RUNTIME_DIR")};
}

Paths root_paths() {
  return {"/etc/wswp/wswpd.toml", "/var/lib/wswp", "/run/wswp/wswpd.sock"};
}

Paths user_paths(const Environment& environment) {
  Paths paths;
  paths.config_file = directory(environment.xdg_config_home, environment.home + "/.config") + "/wswp/wswpd.toml";
  paths.data_dir = directory(environment.xdg_data_home, environment.home + "/.local/share") + "/wswp";
  paths.socket = directory(environment.xdg_runtime_dir, "") + "/wswp/wswpd.sock";
  if (!std::string_view(environment.xdg_runtime_dir).starts_with('/')) {
    paths.socket = fmt::format("/tmp/wswp-{}/wswpd.sock", environment.uid);
  }
  return paths;
}

Paths default_paths() {
  return ::geteuid() == 0 ? root_paths() : user_paths(Environment::current());
}

}  // namespace wswp::config
