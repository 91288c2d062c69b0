#include "delivery.h"

#include <algorithm>
#include <cctype>
#include <iterator>

#include <fmt/format.h>

namespace wswp::fuzz {

std::string_view to_string(End end) {
  switch (end) {
    case End::kKeep:
      return "it goes on";
    case End::kRest:
      return "it goes on for half a second";
    case End::kClose:
      return "a FIN";
    case End::kReset:
      return "a RST";
    case End::kHold:
      return "silence, and a FIN";
  }
  return "";
}

std::string Delivery::joined() const {
  std::string all;
  for (const std::string& piece : pieces) all += piece;
  return all;
}

std::string hex_dump(std::string_view bytes, std::size_t most) {
  constexpr std::size_t kRow = 16;
  std::string dump;
  const std::string_view shown = bytes.substr(0, most);
  for (std::size_t at = 0; at < shown.size(); at += kRow) {
    fmt::format_to(std::back_inserter(dump), "{:6x} ", at);
    std::string text;
    for (const char c : shown.substr(at, kRow)) {
      fmt::format_to(std::back_inserter(dump), " {:02x}", static_cast<unsigned char>(c));
      text += std::isprint(static_cast<unsigned char>(c)) != 0 ? c : '.';
    }
    const std::size_t missing = kRow - std::min(kRow, shown.size() - at);
    fmt::format_to(std::back_inserter(dump), "{:{}}  {}\n", "", 3 * missing, text);
  }
  if (shown.size() < bytes.size()) fmt::format_to(std::back_inserter(dump), "… of {} bytes\n", bytes.size());
  return dump;
}

}  // namespace wswp::fuzz
