#include "config/load.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <toml++/toml.h>
#include <unistd.h>

#include "base/file.h"
#include "config/bounds.h"
#include "config/keys.h"
#include "config/paths.h"
#include "config/problem.h"
#include "config/readers.h"
#include "config/suggestion.h"

namespace wswp::config {
namespace {

bool is_section(std::string_view name) {
  return std::any_of(keys().begin(), keys().end(), [&](const Key& key) { return key.section == name; });
}

std::vector<std::string_view> section_names() {
  std::vector<std::string_view> names;
  for (const Key& key : keys()) {
    if (names.empty() || names.back() != key.section) names.push_back(key.section);
  }
  return names;
}

std::vector<std::string_view> key_names(std::string_view section) {
  std::vector<std::string_view> names;
  for (const Key& key : keys()) {
    if (key.section == section) names.push_back(key.name);
  }
  return names;
}

std::string unknown_section(std::string_view name) {
  const std::string_view meant = nearest(name, section_names());
  return fmt::format("unknown section [{}]", name) + (meant.empty() ? "" : fmt::format(" (did you mean [{}]?)", meant));
}

std::string unknown_key(std::string_view section, std::string_view name) {
  std::string message = fmt::format("unknown key \"{}\"", name);
  message += section.empty() ? " at the top level" : fmt::format(" in [{}]", section);
  const auto elsewhere =
      std::find_if(keys().begin(), keys().end(), [&](const Key& known) { return known.name == name; });
  if (elsewhere != keys().end()) {
    return message + (elsewhere->section.empty() ? " (it belongs at the top level, before any section)"
                                                 : fmt::format(" (it belongs in [{}])", elsewhere->section));
  }
  const std::string_view meant = nearest(name, key_names(section));
  return meant.empty() ? message : message + fmt::format(" (did you mean \"{}\"?)", meant);
}

/// Walks the document once; keeps the problem that stands first in the file.
class Walk {
 public:
  explicit Walk(Settings base) : settings_(std::move(base)) {}

  void visit_document(const toml::table& document) {
    for (const auto& [key, node] : document) {
      if (key.str().empty() || !is_section(key.str())) {
        visit("", key, node);
      } else if (const toml::table* section = node.as_table()) {
        for (const auto& [inner_key, inner_node] : *section) visit(key.str(), inner_key, inner_node);
      } else {
        note(wrong_type(node, "a table"), fmt::format("[{}]: ", key.str()));
      }
    }
  }

  const std::optional<Problem>& problem() const { return problem_; }
  Settings take() { return std::move(settings_); }

 private:
  void visit(std::string_view section, const toml::key& name, const toml::node& node) {
    const auto key = std::find_if(keys().begin(), keys().end(), [&](const Key& known) {
      return known.section == section && known.name == name.str();
    });
    if (key == keys().end()) {
      const bool is_table = section.empty() && node.is_table();
      const std::string message = is_table ? unknown_section(name.str()) : unknown_key(section, name.str());
      return note(problem_at(name.source(), message), "");
    }
    if (auto problem = key->read(node, settings_)) {
      note(std::move(*problem), fmt::format("{}{}{}: ", section, section.empty() ? "" : ".", key->name));
    }
  }

  void note(Problem found, const std::string& subject) {
    if (problem_ && std::tie(problem_->line, problem_->column) <= std::tie(found.line, found.column)) return;
    found.message.insert(0, subject);
    problem_ = std::move(found);
  }

  Settings settings_;
  std::optional<Problem> problem_;
};

Error located(const std::string& file_name, const Problem& problem) {
  return Error{fmt::format("{}:{}:{}: {}", file_name, problem.line, problem.column, problem.message)};
}

}  // namespace

Settings defaults(bool root) {
  const Paths paths = root ? root_paths() : user_paths(Environment::current());
  Settings settings;
  settings.data_dir = paths.data_dir;
  settings.socket = paths.socket;
  return settings;
}

Settings defaults() {
  return defaults(::geteuid() == 0);
}

Result<Settings> parse(std::string_view toml, const std::string& file_name, const Settings& base) {
  if (const auto problem = beyond_bounds(toml)) return located(file_name, *problem);
  toml::table document;
  try {
    document = toml::parse(toml);
  } catch (const toml::parse_error& error) {
    return located(file_name, problem_at(error.source(), std::string(error.description())));
  }
  Walk walk(base);
  walk.visit_document(document);
  if (walk.problem()) return located(file_name, *walk.problem());
  return walk.take();
}

Result<Settings> load_file(const std::string& path, const Settings& base) {
  const Result<std::string> text = read_file(path, kMaxFileBytes + 1);
  if (!text) return text.error();
  return parse(*text, path, base);
}

}  // namespace wswp::config
