#pragma once
// wswpd.toml → Settings. Strict: an unknown key, a wrong type or a value out of range is an error that says where it
// stands ("wswpd.toml:7:3: unknown key \"thread\" in [workers] (did you mean \"threads\"?)"); where there are several,
// the first of the file is told. Functions without state; any thread.

#include <string>
#include <string_view>

#include "base/result.h"
#include "config/settings.h"

namespace wswp::config {

/// The settings of a daemon without a file, with the paths of root or of this user (paths.h).
Settings defaults(bool root);
/// The same for whoever runs this process.
Settings defaults();

/// `file_name` is only named in errors. Keys that the text does not set keep their value of `base`.
Result<Settings> parse(std::string_view toml, const std::string& file_name, const Settings& base = defaults());
/// Fails also if the file cannot be read, as one that is not there.
Result<Settings> load_file(const std::string& path, const Settings& base = defaults());

}  // namespace wswp::config
