#pragma once
// The keys of wswpd.toml: one row each, with where it stands, what it takes and which member of Settings it sets.
// Internal to config; the table is built once and constant, any thread may read it.

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "config/problem.h"
#include "config/settings.h"

namespace wswp::config {

struct Key {
  std::string_view section;  // empty: the top level
  std::string_view name;
  /// Sets its member, or says what is wrong with the value.
  std::function<std::optional<Problem>(const toml::node&, Settings&)> read;
};

const std::vector<Key>& keys();

}  // namespace wswp::config
