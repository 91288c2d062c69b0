#include "html/legacy_encoder.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdint>
#include <utility>

#include "html/multi_byte_exceptions.h"

namespace wswp::html {

namespace {

constexpr char32_t kEuro = 0x20AC;
constexpr char32_t kYen = 0xA5;
constexpr char32_t kOverline = 0x203E;
constexpr char32_t kMinus = 0x2212;
constexpr char32_t kFullWidthHyphen = 0xFF0D;
constexpr unsigned char kFirstLeadOfBig5 = 0xA1;  // what is before is HKSCS, which is decoded only

bool is_japanese(std::string_view encoding) {
  return encoding == "euc-jp" || encoding == "shift_jis";
}

std::string pair_of(std::uint16_t pair) {
  if (pair == 0) return {};
  return {static_cast<char>(pair >> 8U), static_cast<char>(pair & 0xFFU)};
}

std::string by_icu(UConverter* converter, char32_t c) {
  const icu::UnicodeString text(static_cast<UChar32>(c));
  std::array<char, 8> bytes{};
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t length =
      ucnv_fromUChars(converter, bytes.data(), bytes.size(), text.getBuffer(), text.length(), &error);
  if (U_FAILURE(error) || length <= 0) return {};
  return {bytes.data(), static_cast<std::size_t>(length)};
}

// What ICU encodes but the standard does not.
bool is_written(std::string_view encoding, std::string_view bytes, char32_t c) {
  if (bytes.empty()) return false;
  if (encoding == "gbk" || encoding == "euc-jp") return bytes.size() <= 2;  // no gb18030, no JIS X 0212
  if (encoding == "shift_jis") return c < 0xE000 || c > 0xF8FF;             // no private use
  return encoding != "big5" || static_cast<unsigned char>(bytes.front()) >= kFirstLeadOfBig5;
}

}  // namespace

Encoded encode_legacy(std::string_view encoding, UConverter* converter, char32_t c) {
  if (is_japanese(encoding)) {
    if (c == kYen) return {"\\", true};
    if (c == kOverline) return {"~", true};
    if (c == kMinus) return {by_icu(converter, kFullWidthHyphen), true};
  }
  const bool gb = encoding == "gbk" || encoding == "gb18030";
  if (encoding == "gbk" && c == kEuro) return {"\x80", false};
  std::string bytes = gb ? pair_of(gb18030_exception_for(c)) : std::string();
  if (bytes.empty()) bytes = by_icu(converter, c);
  if (!is_written(encoding, bytes, c)) bytes = encoding == "big5" ? pair_of(big5_exception_for(c)) : std::string();
  return {std::move(bytes), false};
}

}  // namespace wswp::html
