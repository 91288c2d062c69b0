#include "list/ampersands.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "base/ascii.h"

namespace wswp::list {

namespace {

struct Section {
  std::string_view begin, end;
};
constexpr std::array kSections = {Section{"<!--", "-->"}, Section{"<![CDATA[", "]]>"}, Section{"<?", "?>"}};

/// The longest reference that is read, in bytes between '&' and ';'.
constexpr std::size_t kMaxReference = 16;

/// XML 1.0, production 2.
bool is_xml_character(std::uint32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
         (c >= 0x10000 && c < 0x110000);
}

bool is_character_number(std::string_view digits) {
  const int base = digits.starts_with('x') ? 16 : 10;
  if (base == 16) digits.remove_prefix(1);
  std::uint32_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number, base);
  return error == std::errc() && stop == end && is_xml_character(number);
}

bool is_reference(std::string_view name) {
  static constexpr std::array<std::string_view, 5> names = {"amp", "lt", "gt", "quot", "apos"};
  if (name.starts_with('#')) return is_character_number(name.substr(1));
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool may_be_inside_reference(char c) {
  return is_alpha(c) || is_digit(c) || c == '#';
}

}  // namespace

void AmpersandMender::append(std::string_view piece, std::string& out) {
  std::string joined;
  if (!held_.empty()) {
    joined = std::exchange(held_, {}).append(piece);
    piece = joined;
  }
  while (!piece.empty()) {
    const std::size_t used = section_end_.empty() ? pass_markup(piece, out) : pass_section(piece, out);
    if (used == 0) break;
    piece.remove_prefix(used);
  }
  held_ = piece;
}

void AmpersandMender::finish(std::string& out) {
  out += std::exchange(held_, {});
}

/// Each pass returns how much of `text` it took; 0: what is there must wait for more.
std::size_t AmpersandMender::pass_markup(std::string_view text, std::string& out) {
  if (text.front() == '&') return pass_reference(text, out);
  if (text.front() == '<') {
    for (const Section& section : kSections) {
      if (text.starts_with(section.begin)) {
        section_end_ = section.end;
        out += section.begin;
        return section.begin.size();
      }
      if (section.begin.starts_with(text)) return 0;
    }
  }
  const std::size_t size = std::min(text.find_first_of("&<", 1), text.size());
  out += text.substr(0, size);
  return size;
}

std::size_t AmpersandMender::pass_section(std::string_view text, std::string& out) {
  const std::size_t end = text.find(section_end_);
  std::size_t size = 0;
  if (end != std::string_view::npos) {
    size = end + section_end_.size();
    section_end_ = {};
  } else if (text.size() >= section_end_.size()) {
    size = text.size() - (section_end_.size() - 1);
  }
  out += text.substr(0, size);
  return size;
}

std::size_t AmpersandMender::pass_reference(std::string_view text, std::string& out) {
  const std::string_view body = text.substr(1, kMaxReference + 1);
  const auto* const end = std::find_if_not(body.begin(), body.end(), may_be_inside_reference);
  if (end == body.end() && body.size() <= kMaxReference) return 0;
  const auto size = static_cast<std::size_t>(end - body.begin());
  if (end != body.end() && *end == ';' && is_reference(body.substr(0, size))) {
    out += text.substr(0, size + 2);
    return size + 2;
  }
  out += "&amp;";
  return 1;
}

}  // namespace wswp::list
