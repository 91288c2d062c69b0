#include "daemon/api/request_line.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "url/bytes.h"

namespace wswp::api {
namespace {

/// Longer than a head can be: pointers that are farther apart are of no common buffer.
constexpr std::uintptr_t kMostBytes = std::uintptr_t{1024} * 1024;

/// Bytes from `from` to `to`; nothing where the two cannot be of one buffer.
std::optional<std::size_t> distance(const char* from, const char* to) {
  const std::uintptr_t way = reinterpret_cast<std::uintptr_t>(to) - reinterpret_cast<std::uintptr_t>(from);
  if (way > kMostBytes) return std::nullopt;
  return way;
}

}  // namespace

void RequestLine::begin(std::string_view target) {
  length_ = target.size();
  zero_ = false;
}

std::size_t RequestLine::unescape(char* text) {
  char* to = text;
  for (const char* from = text; *from != '\0';) {
    const int high = from[0] == '%' ? url::hex_value(from[1]) : -1;
    const int low = high < 0 ? -1 : url::hex_value(from[2]);
    if (low < 0) {
      *to++ = *from++;
      continue;
    }
    *to = static_cast<char>(high * 16 + low);
    zero_ = zero_ || *to == '\0';
    ++to;
    from += 3;
  }
  *to = '\0';
  return static_cast<std::size_t>(to - text);
}

bool RequestLine::intact(std::string_view method, const char* path, const char* version) const {
  if (zero_) return false;
  if (const auto way = distance(path, version); way && *version != '\0' && *way != length_ + 1) return false;
  const auto way = distance(method.data(), path);
  if (!way || *way <= method.size()) return true;
  return std::all_of(method.data() + method.size() + 1, path, [](char c) { return c == ' '; });
}

}  // namespace wswp::api
