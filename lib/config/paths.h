#pragma once
// Where the daemon's files are when nobody says otherwise: the system's places for root, those of the XDG Base
// Directory Specification (https://specifications.freedesktop.org/basedir-spec/latest/) for anybody else. The client
// looks for the socket by the same rules. Functions without state; any thread that does not race with setenv().

#include <string>

namespace wswp::config {

struct Paths {
  std::string config_file;
  std::string data_dir;
  std::string socket;
};

/// What the paths of a user follow from. A relative path counts as unset, as the specification demands.
struct Environment {
  unsigned uid = 0;
  std::string home;             // $HOME, else the one in the user database
  std::string xdg_config_home;  // empty: ~/.config
  std::string xdg_data_home;    // empty: ~/.local/share
  std::string xdg_runtime_dir;  // empty: the socket lies in /tmp/wswp-UID/

  /// That of this process.
  static Environment current();
};

Paths root_paths();
Paths user_paths(const Environment& environment);
/// Those of whoever runs this process.
Paths default_paths();

}  // namespace wswp::config
