#include "html/legacy_encoder.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/utf8.h"
#include "html/characters.h"
#include "html/multi_byte_decoder.h"
#include "html/multi_byte_exceptions.h"

namespace wswp::html {

namespace {

constexpr char32_t kMinus = 0x2212;
constexpr char32_t kFullWidthHyphen = 0xFF0D;
constexpr unsigned char kFirstLeadOfBig5 = 0xA1;  // what is before is HKSCS, which is decoded only
constexpr unsigned kFirstHighByte = 0x80;
constexpr unsigned kHighBytes = 128;

bool is_japanese(std::string_view encoding) {
  return encoding == "euc-jp" || encoding == "shift_jis";
}

std::string pair_of(std::uint16_t pair) {
  if (pair == 0) return {};
  return {static_cast<char>(pair >> 8U), static_cast<char>(pair & 0xFFU)};
}

}  // namespace

LegacyEncoder::LegacyEncoder(std::string_view encoding) : encoding_(encoding), decoder_(encoding) {
  if (MultiByteDecoder::decodes(encoding)) converter_ = open_converter(encoding);
}

std::string LegacyEncoder::encode(char32_t c) {
  if (!converter_) return encode_byte(c);
  if (encoding_ == "shift_jis" && c == 0x80) return "\x80";
  if (is_japanese(encoding_)) {
    if (c == kYen) return "\\";
    if (c == kOverline) return "~";
    if (c == kMinus) c = kFullWidthHyphen;
  }
  // ICU encodes some characters that the standard does not know, and decodes them otherwise.
  const std::string bytes = encode_several(c);
  if (is_former_gb18030(bytes)) return bytes;
  std::string expected;
  append_utf8(c, expected);
  std::string decoded;
  decoder_.decode(bytes, true, decoded);
  return decoded == expected ? bytes : std::string();
}

std::string LegacyEncoder::encode_byte(char32_t c) {
  if (bytes_.empty()) {
    for (unsigned byte = kFirstHighByte; byte < kFirstHighByte + kHighBytes; ++byte) {
      std::string utf8;
      decoder_.decode(std::string(1, static_cast<char>(byte)), true, utf8);
      const char* p = utf8.data();
      bytes_.push_back(next_utf8(p, utf8.data() + utf8.size()));
    }
  }
  const auto found = c == kReplacement ? bytes_.end() : std::find(bytes_.begin(), bytes_.end(), c);
  if (found == bytes_.end()) return {};
  return {static_cast<char>(kFirstHighByte + static_cast<unsigned>(found - bytes_.begin()))};
}

std::string LegacyEncoder::encode_several(char32_t c) {
  if (encoding_ == "gbk" && c == kEuro) return "\x80";
  const bool gb = encoding_ == "gbk" || encoding_ == "gb18030";
  std::string bytes = gb ? pair_of(gb18030_exception_for(c)) : std::string();
  if (bytes.empty()) bytes = by_icu(c);
  if (!is_written(bytes, c)) bytes.clear();
  const std::string other = encoding_ == "big5" ? pair_of(big5_exception_for(c)) : std::string();
  return !other.empty() && (bytes.empty() || other < bytes) ? other : bytes;  // of two pairs, the first is written
}

// The two bytes of what was in private use before gb18030-2022 are still written
// (https://encoding.spec.whatwg.org/#gb18030-encoder).
bool LegacyEncoder::is_former_gb18030(std::string_view bytes) const {
  constexpr std::string_view kIdeographicSpace = "\xA3\xA0";  // is none of them
  if (encoding_ != "gbk" && encoding_ != "gb18030") return false;
  if (bytes.size() != 2 || bytes == kIdeographicSpace) return false;
  const auto byte = [bytes](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[i])); };
  return gb18030_exception(static_cast<std::uint16_t>(byte(0) << 8U | byte(1))) != 0;
}

std::string LegacyEncoder::by_icu(char32_t c) {
  const icu::UnicodeString text(static_cast<UChar32>(c));
  std::array<char, 8> bytes{};
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t length =
      ucnv_fromUChars(converter_.get(), bytes.data(), bytes.size(), text.getBuffer(), text.length(), &error);
  if (U_FAILURE(error) || length <= 0) return {};
  return {bytes.data(), static_cast<std::size_t>(length)};
}

// What ICU encodes but the standard does not, is not.
bool LegacyEncoder::is_written(std::string_view bytes, char32_t c) const {
  if (bytes.empty()) return false;
  if (encoding_ == "gbk" || encoding_ == "euc-jp") return bytes.size() <= 2;  // no gb18030, no JIS X 0212
  if (encoding_ == "shift_jis") return c < 0xE000 || c > 0xF8FF;              // no private use
  return encoding_ != "big5" || static_cast<unsigned char>(bytes.front()) >= kFirstLeadOfBig5;
}

}  // namespace wswp::html
