#pragma once
// The parameters behind the '?' of a request, read as typed values. Errors name the parameter. One thread at a time.

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wswp::api {

class Query {
 public:
  /// Decoded. A name that comes twice counts with its last value.
  void set(std::string name, std::string value) { values_.insert_or_assign(std::move(name), std::move(value)); }

  std::optional<std::string> text(std::string_view name) const;
  /// A decimal number from `least` to `most`.
  Result<std::optional<std::int64_t>> integer(std::string_view name, std::int64_t least, std::int64_t most) const;
  /// Seconds with a fraction, 0 to `most_ms`; as milliseconds.
  Result<std::optional<std::int64_t>> seconds(std::string_view name, std::int64_t most_ms) const;
  /// "1" or "true", "0" or "false".
  Result<std::optional<bool>> flag(std::string_view name) const;

  /// Error: there is a parameter that is none of these.
  Result<> only(std::initializer_list<std::string_view> names) const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace wswp::api
