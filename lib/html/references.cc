#include "html/references.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "html/ascii.h"
#include "html/named_references.h"
#include "html/scan.h"

namespace wswp::html {

namespace {

constexpr char32_t kLastCodePoint = 0x10FFFF;

// What the numbers 0x80-0x9F mean: windows-1252, as people who write &#150; expect
// (https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state).
constexpr std::array<char16_t, 32> kC1 = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                          0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

bool is_hex_digit(char c) {
  return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f');
}

char32_t digit_value(char c) {
  return is_digit(c) ? static_cast<char32_t>(c - '0') : static_cast<char32_t>(to_lower(c) - 'a' + 10);
}

char32_t numeric_meaning(char32_t number) {
  if (number == 0) return kReplacement;
  if (number >= 0x80 && number < 0xA0) return kC1[number - 0x80];
  return number;
}

// `text` begins with "&#". Returns the length of the reference, 0 if it is none.
std::size_t decode_numeric(std::string_view text, std::string& out) {
  const bool hex = text.size() > 2 && to_lower(text[2]) == 'x';
  const std::size_t digits = hex ? 3 : 2;
  std::size_t i = digits;
  char32_t number = 0;
  while (i < text.size() && (hex ? is_hex_digit(text[i]) : is_digit(text[i]))) {
    if (number <= kLastCodePoint) number = number * (hex ? 16 : 10) + digit_value(text[i]);
    ++i;
  }
  if (i == digits) return 0;
  append_utf8(numeric_meaning(number), out);
  return i < text.size() && text[i] == ';' ? i + 1 : i;
}

// The longest name that `text`, which begins after the ampersand, begins with; nullptr if there is none.
const NamedReference* longest_match(std::string_view text) {
  auto candidates = named_references();
  const NamedReference* match = nullptr;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto at = [i](const NamedReference& r) { return r.length > i ? name_of(r)[i] : '\0'; };
    const auto begin =
        std::partition_point(candidates.begin(), candidates.end(), [&](const auto& r) { return at(r) < c; });
    const auto end = std::partition_point(begin, candidates.end(), [&](const auto& r) { return at(r) == c; });
    if (begin == end) break;
    candidates = {begin, end};
    if (candidates.front().length == i + 1) match = &candidates.front();
  }
  return match;
}

// `text` begins with "&" and an alphanumeric. Returns the length of the reference, 0 if it is none.
std::size_t decode_named(std::string_view text, TextKind kind, std::string& out) {
  const NamedReference* const match = longest_match(text.substr(1));
  if (match == nullptr) return 0;
  const std::size_t length = match->length + std::size_t{1};
  if (kind == TextKind::kAttribute && text[length - 1] != ';' && length < text.size() &&
      (text[length] == '=' || is_alnum(text[length]))) {
    return 0;
  }
  append_utf8(match->first, out);
  if (match->second != 0) append_utf8(match->second, out);
  return length;
}

std::size_t decode_reference(std::string_view text, TextKind kind, std::string& out) {
  if (text.size() < 2) return 0;
  if (text[1] == '#') return decode_numeric(text, out);
  return is_alnum(text[1]) ? decode_named(text, kind, out) : 0;
}

}  // namespace

void append_decoded(std::string_view raw, TextKind kind, std::string& out) {
  const bool references = kind != TextKind::kRaw && kind != TextKind::kCdata;
  const bool keep_nul = kind == TextKind::kData || kind == TextKind::kCdata;
  const char* const end = raw.data() + raw.size();
  for (const char* p = raw.data(); p != end;) {
    const char* const special = find_any<'&', '\r', '\0'>(p, end);
    out.append(p, special);
    p = special;
    if (p == end) break;
    std::size_t used = 0;
    if (*p == '\r') {
      out += '\n';
      used = end - p > 1 && p[1] == '\n' ? 2 : 1;
    } else if (*p == '\0' && !keep_nul) {
      append_utf8(kReplacement, out);
      used = 1;
    } else if (*p == '&' && references) {
      used = decode_reference({p, static_cast<std::size_t>(end - p)}, kind, out);
    }
    if (used == 0) {
      out += *p;
      used = 1;
    }
    p += used;
  }
}

}  // namespace wswp::html
