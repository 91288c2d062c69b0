#include "html/multi_byte_decoder.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "html/ascii.h"
#include "html/characters.h"
#include "html/multi_byte_exceptions.h"

namespace wswp::html {

namespace {

constexpr char32_t kSubstitute = 0x1A;

constexpr unsigned kLastJis0212 = 0xED;  // the last row of index-jis0212
// The pairs of bytes that are two characters (https://encoding.spec.whatwg.org/#big5-decoder).
constexpr std::array<std::array<char32_t, 3>, 4> kBig5Pairs = {
    {{0x8862, 0xCA, 0x304}, {0x8864, 0xCA, 0x30C}, {0x88A3, 0xEA, 0x304}, {0x88A5, 0xEA, 0x30C}}};

unsigned byte_of(char c) {
  return static_cast<unsigned char>(c);
}
bool between(unsigned byte, unsigned first, unsigned last) {
  return byte >= first && byte <= last;
}
bool is_private_use(char32_t c) {
  return c >= 0xE000 && c <= 0xF8FF;
}

// The characters of Shift_JIS that users define (https://encoding.spec.whatwg.org/#shift_jis-decoder), or 0.
char32_t shift_jis_private_use(unsigned lead, unsigned trail) {
  const unsigned pointer = (lead - (lead < 0xA0 ? 0x81 : 0xC1)) * 188 + trail - (trail < 0x7F ? 0x40 : 0x41);
  return between(pointer, 8836, 10715) ? 0xE000 - 8836 + pointer : 0;
}

}  // namespace

bool MultiByteDecoder::decodes(std::string_view encoding) {
  return encoding == "gbk" || encoding == "gb18030" || encoding == "big5" || encoding == "euc-jp" ||
         encoding == "shift_jis" || encoding == "euc-kr";
}

MultiByteDecoder::Family MultiByteDecoder::family_of(std::string_view encoding) {
  if (encoding == "big5") return Family::kBig5;
  if (encoding == "euc-jp") return Family::kEucJp;
  if (encoding == "shift_jis") return Family::kShiftJis;
  return encoding == "euc-kr" ? Family::kEucKr : Family::kGb18030;
}

MultiByteDecoder::MultiByteDecoder(std::string_view encoding, UConverter* converter)
    : family_(family_of(encoding)), converter_(converter) {
  UErrorCode error = U_ZERO_ERROR;
  ucnv_setToUCallBack(converter_, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
}

void MultiByteDecoder::decode(std::string_view bytes, bool last, std::string& out) {
  std::string joined;
  if (!pending_.empty()) {
    joined = std::move(pending_);
    joined += bytes;
    bytes = joined;
    pending_.clear();
  }
  while (!bytes.empty()) {
    const std::size_t used = step(bytes, out);
    if (used == 0) break;
    bytes.remove_prefix(used);
  }
  if (last && !bytes.empty()) append_utf8(kReplacement, out);
  if (!last) pending_ = bytes;
}

// No character goes on with a '<': it ends what is open, and stands for itself.
void MultiByteDecoder::decode_part(std::string_view bytes, std::string& out) {
  decode(bytes, false, out);
  if (pending_.empty()) return;
  decode("<", true, out);
  out.pop_back();
}

// The bytes that the next character, or what becomes one U+FFFD, has; 0: there are more to come.
std::size_t MultiByteDecoder::step(std::string_view rest, std::string& out) {
  const unsigned lead = byte_of(rest[0]);
  if (single(lead, out)) return 1;
  if (!is_lead(lead)) {
    append_utf8(kReplacement, out);
    return 1;
  }
  if (rest.size() < 2) return 0;
  const unsigned trail = byte_of(rest[1]);
  if (family_ == Family::kGb18030 && is_digit(rest[1])) return step_four(rest, out);
  if (family_ == Family::kEucJp && lead < 0xA1) return step_euc_jp(rest, out);
  if (is_trail(trail) && map(rest.substr(0, 2), out)) return 2;
  append_utf8(kReplacement, out);
  return is_ascii(rest[1]) ? 1 : 2;  // ASCII stands for itself after all
}

// Of gb18030: lead, digit, lead, digit.
std::size_t MultiByteDecoder::step_four(std::string_view rest, std::string& out) {
  const bool third = rest.size() < 3 || is_lead(byte_of(rest[2]));
  const bool fourth = rest.size() < 4 || is_digit(rest[3]);
  if (third && fourth && rest.size() < 4) return 0;
  if (third && fourth && map(rest.substr(0, 4), out)) return 4;
  append_utf8(kReplacement, out);
  return third && fourth ? 4 : 1;
}

// After 0x8E and 0x8F: half-width katakana, and JIS X 0212.
std::size_t MultiByteDecoder::step_euc_jp(std::string_view rest, std::string& out) {
  const bool katakana = byte_of(rest[0]) == 0x8E;
  const unsigned second = byte_of(rest[1]);
  if (katakana && between(second, 0xA1, 0xDF)) {
    append_utf8(kHalfWidthKatakana + second - 0xA1, out);
    return 2;
  }
  if (katakana || !is_trail(second)) {
    append_utf8(kReplacement, out);
    return is_ascii(rest[1]) ? 1 : 2;
  }
  if (rest.size() < 3) return 0;
  if (is_trail(byte_of(rest[2])) && map(rest.substr(0, 3), out)) return 3;
  append_utf8(kReplacement, out);
  return is_ascii(rest[2]) ? 2 : 3;
}

// Characters of one byte.
bool MultiByteDecoder::single(unsigned byte, std::string& out) const {
  char32_t c = byte;
  if (family_ == Family::kGb18030 && byte == 0x80) {
    c = kEuro;
  } else if (family_ == Family::kShiftJis && between(byte, 0xA1, 0xDF)) {
    c = kHalfWidthKatakana + byte - 0xA1;
  } else if (byte >= 0x80 && !(family_ == Family::kShiftJis && byte == 0x80)) {
    return false;
  }
  append_utf8(c, out);
  return true;
}

bool MultiByteDecoder::is_lead(unsigned byte) const {
  switch (family_) {
    case Family::kEucJp:
      return between(byte, 0xA1, 0xFE) || byte == 0x8E || byte == 0x8F;
    case Family::kShiftJis:
      return between(byte, 0x81, 0x9F) || between(byte, 0xE0, 0xFC);
    default:
      return between(byte, 0x81, 0xFE);
  }
}

bool MultiByteDecoder::is_trail(unsigned byte) const {
  switch (family_) {
    case Family::kGb18030:
      return between(byte, 0x40, 0x7E) || between(byte, 0x80, 0xFE);
    case Family::kBig5:
      return between(byte, 0x40, 0x7E) || between(byte, 0xA1, 0xFE);
    case Family::kEucJp:
      return between(byte, 0xA1, 0xFE);
    case Family::kShiftJis:
      return between(byte, 0x40, 0x7E) || between(byte, 0x80, 0xFC);
    case Family::kEucKr:
      return between(byte, 0x41, 0xFE);
  }
  return false;
}

// What ICU has otherwise or not at all.
bool MultiByteDecoder::map_exception(std::string_view character, std::string& out) const {
  if (character.size() != 2) return false;
  const unsigned lead = byte_of(character[0]);
  const unsigned trail = byte_of(character[1]);
  const auto pair = static_cast<std::uint16_t>(lead << 8U | trail);
  char32_t c = 0;
  if (family_ == Family::kShiftJis) c = shift_jis_private_use(lead, trail);
  if (family_ == Family::kGb18030) c = gb18030_exception(pair);
  if (family_ == Family::kBig5) {
    if (const auto* two =
            std::find_if(kBig5Pairs.begin(), kBig5Pairs.end(), [=](const auto& e) { return e[0] == pair; });
        two != kBig5Pairs.end()) {
      append_utf8((*two)[1], out);
      c = (*two)[2];
    } else {
      c = big5_exception(pair);
    }
  }
  if (c != 0) append_utf8(c, out);
  return c != 0;
}

bool MultiByteDecoder::map(std::string_view character, std::string& out) {
  if (map_exception(character, out)) return true;
  if (family_ == Family::kEucJp && character.size() == 3 && byte_of(character[1]) > kLastJis0212) return false;
  std::array<UChar, 8> units{};
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t count = ucnv_toUChars(converter_, units.data(), units.size(), character.data(),
                                           static_cast<std::int32_t>(character.size()), &error);
  if (U_FAILURE(error) || count <= 0) return false;
  const std::size_t size = out.size();
  const icu::UnicodeString text(units.data(), count);
  for (std::int32_t i = 0; i < count; i = text.moveIndex32(i, 1)) {
    const auto c = static_cast<char32_t>(text.char32At(i));
    if (c == kReplacement || c == kSubstitute || (family_ != Family::kGb18030 && is_private_use(c))) {
      out.resize(size);
      return false;
    }
    append_utf8(c, out);
  }
  return true;
}

}  // namespace wswp::html
