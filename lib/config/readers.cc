#include "config/readers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "config/checks.h"

namespace wswp::config {
namespace {

constexpr std::array<std::pair<std::string_view, log::Level>, 4> kLevels = {{
    {"error", log::Level::kError},
    {"warning", log::Level::kWarning},
    {"info", log::Level::kInfo},
    {"debug", log::Level::kDebug},
}};

constexpr std::array<std::pair<std::string_view, SessionIds>, 3> kSessionIds = {{
    {"drop", SessionIds::kDrop},
    {"skip", SessionIds::kSkip},
    {"keep", SessionIds::kKeep},
}};

std::string_view name_of(toml::node_type type) {
  switch (type) {
    case toml::node_type::none:
      return "nothing";
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a floating-point number";
    case toml::node_type::boolean:
      return "a boolean";
    case toml::node_type::date:
      return "a date";
    case toml::node_type::time:
      return "a time";
    case toml::node_type::date_time:
      return "a date and time";
  }
  return "something else";
}

/// An integer within [min, max] → `value`.
template <class T>
std::optional<Problem> read_integer(const toml::node& node, T min, T max, T& value) {
  const auto* number = node.as_integer();
  if (number == nullptr) return wrong_type(node, "an integer");
  if (std::cmp_less(number->get(), min) || std::cmp_greater(number->get(), max)) {
    return problem_at(node.source(), fmt::format("must be between {} and {}, not {}", min, max, number->get()));
  }
  value = static_cast<T>(number->get());
  return std::nullopt;
}

std::optional<Problem> read_text(const toml::node& node, TextCheck check, std::string& value) {
  const auto* string = node.as_string();
  if (string == nullptr) return wrong_type(node, "a string");
  if (const auto checked = check(string->get()); !checked) return problem_at(node.source(), checked.message());
  value = string->get();
  return std::nullopt;
}

/// `"error", "warning", "info" and "debug"`.
template <class Choices>
std::string listed(const Choices& choices) {
  std::string list;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) list += i + 1 == choices.size() ? " and " : ", ";
    list.append("\"").append(choices[i].first).append("\"");
  }
  return list;
}

/// One of a few words → `value`.
template <class Choices, class T>
std::optional<Problem> read_choice(const toml::node& node, const Choices& choices, T& value) {
  const auto* string = node.as_string();
  if (string == nullptr) return wrong_type(node, "a string");
  const auto* chosen =
      std::find_if(choices.begin(), choices.end(), [&](const auto& known) { return known.first == string->get(); });
  if (chosen == choices.end()) {
    return problem_at(node.source(), fmt::format("must be one of {}, not \"{}\"", listed(choices), string->get()));
  }
  value = chosen->second;
  return std::nullopt;
}

}  // namespace

Problem problem_at(const toml::source_region& where, std::string message) {
  return {where.begin.line, where.begin.column, std::move(message)};
}

Problem wrong_type(const toml::node& node, std::string_view expected) {
  return problem_at(node.source(), fmt::format("expected {}, found {}", expected, name_of(node.type())));
}

Reader<int> count(int min, int max) {
  return [=](const toml::node& node, int& value) { return read_integer(node, min, max, value); };
}

Reader<std::int64_t> large_count(std::int64_t min, std::int64_t max) {
  return [=](const toml::node& node, std::int64_t& value) { return read_integer(node, min, max, value); };
}

Reader<std::int64_t> duration(double min_s, double max_s) {
  return [=](const toml::node& node, std::int64_t& value) -> std::optional<Problem> {
    if (!node.is_number()) return wrong_type(node, "a number of seconds");
    const double seconds = node.value<double>().value_or(std::nan(""));
    if (!(seconds >= min_s && seconds <= max_s)) {
      return problem_at(node.source(), fmt::format("must be between {} and {} seconds, not {}", min_s, max_s, seconds));
    }
    value = std::llround(seconds * 1000);
    return std::nullopt;
  };
}

Reader<double> factor(double min, double max) {
  return [=](const toml::node& node, double& value) -> std::optional<Problem> {
    if (!node.is_number()) return wrong_type(node, "a number");
    const double given = node.value<double>().value_or(std::nan(""));
    if (!(given >= min && given <= max)) {
      return problem_at(node.source(), fmt::format("must be between {} and {}, not {}", min, max, given));
    }
    value = given;
    return std::nullopt;
  };
}

Reader<std::int64_t> size(std::int64_t min, std::int64_t max) {
  return [=](const toml::node& node, std::int64_t& value) -> std::optional<Problem> {
    if (!node.is_integer() && !node.is_string()) return wrong_type(node, "a size such as \"10 MiB\"");
    const Result<std::int64_t> bytes =
        node.is_integer() ? Result<std::int64_t>(node.as_integer()->get()) : parse_size(node.as_string()->get());
    if (!bytes) return problem_at(node.source(), bytes.message());
    if (*bytes < min || *bytes > max) {
      return problem_at(node.source(), fmt::format("must be between {} and {}, not {}", format_size(min),
                                                   format_size(max), format_size(*bytes)));
    }
    value = *bytes;
    return std::nullopt;
  };
}

Reader<bool> boolean() {
  return [](const toml::node& node, bool& value) -> std::optional<Problem> {
    if (!node.is_boolean()) return wrong_type(node, "true or false");
    value = node.as_boolean()->get();
    return std::nullopt;
  };
}

Reader<std::string> text(TextCheck check) {
  return [=](const toml::node& node, std::string& value) { return read_text(node, check, value); };
}

Reader<std::vector<std::string>> texts(TextCheck check) {
  return [=](const toml::node& node, std::vector<std::string>& values) -> std::optional<Problem> {
    const auto* array = node.as_array();
    if (array == nullptr) return wrong_type(node, "an array of strings");
    std::vector<std::string> read;
    for (const toml::node& element : *array) {
      if (auto problem = read_text(element, check, read.emplace_back())) return problem;
    }
    values = std::move(read);
    return std::nullopt;
  };
}

Reader<log::Level> log_level() {
  return [](const toml::node& node, log::Level& value) { return read_choice(node, kLevels, value); };
}

Reader<SessionIds> session_ids() {
  return [](const toml::node& node, SessionIds& value) { return read_choice(node, kSessionIds, value); };
}

}  // namespace wswp::config
