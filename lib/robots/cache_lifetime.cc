#include "robots/cache_lifetime.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "base/http_date.h"
#include "robots/ascii.h"

namespace wswp::robots {
namespace {

constexpr std::int64_t kMaxDeltaSeconds = std::int64_t{1} << 31U;  // RFC 9111 1.2.2

/// The number that `text`, which may be quoted, begins with.
std::optional<std::int64_t> delta_seconds(std::string_view text) {
  if (text.starts_with('"')) text.remove_prefix(1);
  std::uint64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc::invalid_argument) return std::nullopt;
  if (error != std::errc() || seconds > static_cast<std::uint64_t>(kMaxDeltaSeconds)) return kMaxDeltaSeconds;
  return static_cast<std::int64_t>(seconds);
}

/// The next directive of a Cache-Control value, which is consumed with the comma behind it; commas in quotes are its
/// own.
std::string_view take_directive(std::string_view& value) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < value.size() && (quoted || value[end] != ','); ++end) {
    if (value[end] == '"') quoted = !quoted;
    if (quoted && value[end] == '\\') ++end;
  }
  end = std::min(end, value.size());
  const std::string_view directive = trim(value.substr(0, end));
  value.remove_prefix(std::min(end + 1, value.size()));
  return directive;
}

std::optional<std::int64_t> of_cache_control(std::string_view value) {
  std::optional<std::int64_t> lifetime;
  while (!value.empty()) {
    const std::string_view directive = take_directive(value);
    const std::size_t equals = std::min(directive.find('='), directive.size());
    const std::string_view name = directive.substr(0, equals);
    if (equal_ignoring_case(name, "no-store")) return 0;
    // With an argument it is about the fields named there only.
    if (equal_ignoring_case(name, "no-cache") && equals == directive.size()) return 0;
    if (lifetime || !equal_ignoring_case(name, "max-age") || equals == directive.size()) continue;
    lifetime = delta_seconds(directive.substr(equals + 1));
  }
  return lifetime;
}

std::optional<std::int64_t> of_expires(const CacheFields& fields, WallMs now) {
  if (fields.expires.empty()) return std::nullopt;
  const auto expires = parse_http_date(fields.expires, now);
  if (!expires) return 0;
  return (*expires - parse_http_date(fields.date, now).value_or(now)) / 1000;
}

}  // namespace

std::optional<std::int64_t> cache_lifetime_s(const CacheFields& fields, WallMs now) {
  auto lifetime = of_cache_control(fields.cache_control);
  if (!lifetime) lifetime = of_expires(fields, now);
  if (!lifetime) return std::nullopt;
  return std::max<std::int64_t>(0, *lifetime - delta_seconds(fields.age).value_or(0));
}

}  // namespace wswp::robots
