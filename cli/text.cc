#include "cli/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cwchar>

#include <fmt/format.h>

namespace wswp::cli {
namespace {

/// The first character of `text`: its length in bytes and its width, -1 if it cannot be printed.
struct Glyph {
  std::size_t bytes;
  int columns;
};

Glyph first_glyph(std::string_view text) {
  wchar_t wide = 0;
  std::mbstate_t state{};
  const std::size_t length = std::mbrtowc(&wide, text.data(), text.size(), &state);
  if (length == 0 || length > text.size()) return {1, -1};
  return {length, ::wcwidth(wide)};
}

/// The bytes of the control character that `text` begins with; 0: it begins with none.
std::size_t control_size(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  return byte(0) == 0xC2 && text.size() > 1 && byte(1) >= 0x80 && byte(1) < 0xA0 ? 2 : 0;
}

template <class Replace>
std::string replace_controls(std::string_view text, Replace replace) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t control = control_size(text);
    if (control > 0) {
      out += replace(text.substr(0, control));
    } else {
      out += text.front();
    }
    text.remove_prefix(std::max<std::size_t>(control, 1));
  }
  return out;
}

}  // namespace

std::string thousands(std::uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string human_bytes(std::uint64_t bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  constexpr std::array kUnits{"KiB", "MiB", "GiB", "TiB", "PiB"};
  double value = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  for (; value >= 1023.95 && unit + 1 < kUnits.size(); ++unit) value /= 1024;
  return fmt::format("{:.1f} {}", value, kUnits.at(unit));
}

std::string human_duration(double seconds) {
  if (!(seconds >= 0)) seconds = 0;
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<std::uint64_t>(std::llround(std::min(seconds, 1e12)));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}m {:02}s", whole / 60, whole % 60);
  if (whole < 86400) return fmt::format("{}h {:02}m", whole / 3600, whole / 60 % 60);
  return fmt::format("{}d {:02}h", whole / 86400, whole / 3600 % 24);
}

std::string percentage(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "0.0 %";
  if (part == whole) return "100.0 %";
  return fmt::format("{:.1f} %", std::min(99.9, 100.0 * static_cast<double>(part) / static_cast<double>(whole)));
}

std::string printable(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    if (glyph.columns >= 0) {
      clean += text.substr(0, glyph.bytes);
    } else {
      clean += '?';
    }
    text.remove_prefix(glyph.bytes);
  }
  return clean;
}

std::string without_controls(std::string_view text) {
  return replace_controls(text, [](std::string_view /*control*/) { return std::string("\uFFFD"); });
}

std::string without_controls_in_json(std::string_view json) {
  return replace_controls(json, [](std::string_view control) {
    const auto code = static_cast<unsigned char>(control.back());  // of U+0080 to U+009F the last byte says all
    return code < ' ' ? std::string(control) : fmt::format("\\u{:04x}", code);
  });
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    width += static_cast<std::size_t>(std::max(glyph.columns, 0));
    text.remove_prefix(glyph.bytes);
  }
  return width;
}

std::string cut(std::string_view text, std::size_t columns, std::string_view mark) {
  if (display_width(text) <= columns) return std::string(text);
  const std::size_t mark_width = display_width(mark);
  if (columns < mark_width) return "";
  std::size_t room = columns - mark_width;
  std::size_t keep = 0;
  while (keep < text.size()) {
    const Glyph glyph = first_glyph(text.substr(keep));
    const auto width = static_cast<std::size_t>(std::max(glyph.columns, 0));
    if (width > room) break;
    room -= width;
    keep += glyph.bytes;
  }
  return fmt::format("{}{}", text.substr(0, keep), mark);
}

std::string pad_right(std::string text, std::size_t columns) {
  const std::size_t width = display_width(text);
  if (width < columns) text.append(columns - width, ' ');
  return text;
}

std::string pad_left(std::string text, std::size_t columns) {
  const std::size_t width = display_width(text);
  if (width < columns) text.insert(0, columns - width, ' ');
  return text;
}

std::string plain(const Json& value) {
  if (value.is_null()) return "-";
  if (value.is_string()) return printable(value.get_ref<const std::string&>());
  return without_controls_in_json(value.dump());
}

std::string plain(const Json& object, std::string_view key) {
  const auto found = object.find(std::string(key));
  return found == object.end() ? "-" : plain(*found);
}

std::uint64_t count(const Json& object, std::string_view key) {
  const auto found = object.find(std::string(key));
  if (found == object.end() || !found->is_number()) return 0;
  return found->is_number_float() ? static_cast<std::uint64_t>(std::max(0.0, found->get<double>()))
                                  : found->get<std::uint64_t>();
}

}  // namespace wswp::cli
