#include "daemon/api/query.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace wswp::api {
namespace {

template <class T>
std::optional<T> number(std::string_view text) {
  T value{};
  const char* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, value);
  if (problem != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::string> Query::text(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

Result<std::optional<std::int64_t>> Query::integer(std::string_view name, std::int64_t least, std::int64_t most) const {
  const auto given = text(name);
  if (!given) return std::optional<std::int64_t>();
  const auto value = number<std::int64_t>(*given);
  if (!value || *value < least || *value > most)
    return Error{fmt::format("{}: \"{}\" is not a whole number from {} to {}", name, *given, least, most)};
  return value;
}

Result<std::optional<std::int64_t>> Query::seconds(std::string_view name, std::int64_t most_ms) const {
  const auto given = text(name);
  if (!given) return std::optional<std::int64_t>();
  const auto value = number<double>(*given);
  const double most = static_cast<double>(most_ms) / 1000;
  if (!value || !(*value >= 0 && *value <= most))
    return Error{fmt::format("{}: \"{}\" is not a number of seconds from 0 to {}", name, *given, most)};
  return std::optional<std::int64_t>(std::llround(*value * 1000));
}

Result<std::optional<bool>> Query::flag(std::string_view name) const {
  const auto given = text(name);
  if (!given) return std::optional<bool>();
  if (*given == "1" || *given == "true") return std::optional<bool>(true);
  if (*given == "0" || *given == "false") return std::optional<bool>(false);
  return Error{fmt::format("{}: \"{}\" is neither 1 nor 0", name, *given)};
}

Result<> Query::only(std::initializer_list<std::string_view> names) const {
  for (const auto& [name, value] : values_) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      return Error{fmt::format("there is no parameter \"{}\" here", name)};
  }
  return {};
}

}  // namespace wswp::api
