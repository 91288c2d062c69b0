#include "html/text_decoder.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>

#include "html/ascii.h"
#include "html/encoding.h"
#include "html/legacy_encoder.h"
#include "html/references.h"
#include "html/scan.h"
#include "html/utf8.h"

namespace wswp::html {

namespace {

constexpr std::string_view kIso8859x16 =
    "iso-8859-16";  // the one encoding of the standard, but for user-defined, not in ICU

// From 0xA0 on (https://encoding.spec.whatwg.org/index-iso-8859-16.txt).
constexpr std::array<char16_t, 96> kIso8859x16High = {
    0x00A0, 0x0104, 0x0105, 0x0141, 0x20AC, 0x201E, 0x0160, 0x00A7, 0x0161, 0x00A9, 0x0218, 0x00AB, 0x0179, 0x00AD,
    0x017A, 0x017B, 0x00B0, 0x00B1, 0x010C, 0x0142, 0x017D, 0x201D, 0x00B6, 0x00B7, 0x017E, 0x010D, 0x0219, 0x00BB,
    0x0152, 0x0153, 0x0178, 0x017C, 0x00C0, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x0106, 0x00C6, 0x00C7, 0x00C8, 0x00C9,
    0x00CA, 0x00CB, 0x00CC, 0x00CD, 0x00CE, 0x00CF, 0x0110, 0x0143, 0x00D2, 0x00D3, 0x00D4, 0x0150, 0x00D6, 0x015A,
    0x0170, 0x00D9, 0x00DA, 0x00DB, 0x00DC, 0x0118, 0x021A, 0x00DF, 0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x0107,
    0x00E6, 0x00E7, 0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x00EC, 0x00ED, 0x00EE, 0x00EF, 0x0111, 0x0144, 0x00F2, 0x00F3,
    0x00F4, 0x0151, 0x00F6, 0x015B, 0x0171, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x0119, 0x021B, 0x00FF};

// ICU's name for the converter that decodes as the standard says.
const char* icu_name(std::string_view encoding) {
  if (encoding == "gbk") return "gb18030";
  if (encoding == "big5") return "Big5-HKSCS";
  if (encoding == "shift_jis") return "windows-31j";
  if (encoding == "euc-kr") return "windows-949";
  return encoding.data();  // names have static life time and end with NUL
}

char32_t decode_byte(std::string_view encoding, unsigned char byte) {
  if (byte < 0x80) return byte;
  if (encoding == kUserDefined) return char32_t{0xF780} + byte - 0x80;
  return byte < 0xA0 ? byte : kIso8859x16High[byte - 0xA0];
}

// The byte that decode_byte() takes for `c`, if any.
std::string encode_byte(std::string_view encoding, char32_t c) {
  for (unsigned byte = 0x80; byte <= 0xFF; ++byte) {
    if (decode_byte(encoding, static_cast<unsigned char>(byte)) == c) return {static_cast<char>(byte)};
  }
  return {};
}

constexpr char16_t kNoCharacter = 0xFFFD;

// The bytes that the standard's index takes for another character than ICU does; U+FFFD: for none.
struct ByteException {
  std::string_view encoding;
  unsigned char first;
  unsigned char last;
  char16_t character;
};
constexpr std::array<ByteException, 6> kByteExceptions = {{{"koi8-u", 0xAE, 0xAE, 0x045E},
                                                           {"koi8-u", 0xBE, 0xBE, 0x040E},
                                                           {"windows-874", 0xDB, 0xDE, kNoCharacter},
                                                           {"windows-874", 0xFC, 0xFF, kNoCharacter},
                                                           {"windows-1253", 0xAA, 0xAA, kNoCharacter},
                                                           {"windows-1255", 0xCA, 0xCA, 0x05BA}}};

const ByteException* byte_exception(std::string_view encoding, char c) {
  const auto byte = static_cast<unsigned char>(c);
  const auto* const found = std::find_if(kByteExceptions.begin(), kByteExceptions.end(), [=](const ByteException& e) {
    return e.encoding == encoding && byte >= e.first && byte <= e.last;
  });
  return found != kByteExceptions.end() ? found : nullptr;
}

// The other way round; 0: there is none.
char byte_exception_for(std::string_view encoding, char32_t character) {
  const auto* const found = std::find_if(kByteExceptions.begin(), kByteExceptions.end(), [=](const ByteException& e) {
    return e.encoding == encoding && e.character == character;
  });
  return found != kByteExceptions.end() && character != kNoCharacter ? static_cast<char>(found->first) : '\0';
}

bool has_byte_exceptions(std::string_view encoding) {
  return std::any_of(kByteExceptions.begin(), kByteExceptions.end(),
                     [=](const ByteException& e) { return e.encoding == encoding; });
}

void append_percent(char byte, std::string& out) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  out += '%';
  out += kHex[value >> 4U];
  out += kHex[value & 0xFU];
}

}  // namespace

void TextDecoder::Close::operator()(UConverter* converter) const {
  ucnv_close(converter);
}

TextDecoder::Converter TextDecoder::open(const char* name) {
  UErrorCode error = U_ZERO_ERROR;
  return Converter(ucnv_open(name, &error));
}

TextDecoder::TextDecoder(std::string_view encoding) : encoding_(encoding) {
  if (encoding == kUtf8 || encoding == kIso8859x16 || encoding == kUserDefined) return;
  from_ = open(icu_name(encoding));
  if (!from_) return;
  utf8_ = open("UTF-8");
  has_exceptions_ = has_byte_exceptions(encoding);
  if (MultiByteDecoder::decodes(encoding)) multi_byte_.emplace(encoding, from_.get());
  UErrorCode error = U_ZERO_ERROR;
  ucnv_setFromUCallBack(from_.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
}

void TextDecoder::decode(std::string_view bytes, bool last, std::string& out) {
  if (multi_byte_) {
    multi_byte_->decode(bytes, last, out);
  } else if (has_exceptions_) {
    decode_with_exceptions(bytes, out);
  } else if (from_) {
    convert(bytes, last, out);
  } else if (encoding_ == kIso8859x16 || encoding_ == kUserDefined) {
    for (const char c : bytes) append_utf8(decode_byte(encoding_, static_cast<unsigned char>(c)), out);
  } else {
    append_well_formed(bytes, out);
  }
}

void TextDecoder::decode_with_exceptions(std::string_view bytes, std::string& out) {
  while (!bytes.empty()) {
    const auto* const end =
        std::find_if(bytes.begin(), bytes.end(), [this](char c) { return byte_exception(encoding_, c) != nullptr; });
    const auto size = static_cast<std::size_t>(end - bytes.begin());
    convert(bytes.substr(0, size), true, out);
    bytes.remove_prefix(size);
    if (bytes.empty()) return;
    append_utf8(byte_exception(encoding_, bytes.front())->character, out);
    bytes.remove_prefix(1);
  }
}

void TextDecoder::convert(std::string_view bytes, bool last, std::string& out) {
  std::array<char, 4096> buffer{};
  std::array<UChar, 1024> pivot{};
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  const char* source = bytes.data();
  UErrorCode error = U_BUFFER_OVERFLOW_ERROR;
  while (error == U_BUFFER_OVERFLOW_ERROR) {
    error = U_ZERO_ERROR;
    char* target = buffer.data();
    ucnv_convertEx(utf8_.get(), from_.get(), &target, buffer.data() + buffer.size(), &source,
                   bytes.data() + bytes.size(), pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(),
                   /*reset=*/0, last ? 1 : 0, &error);
    out.append(buffer.data(), target);
  }
  if (!last) return;
  ucnv_resetToUnicode(from_.get());
  ucnv_reset(utf8_.get());
}

void TextDecoder::percent_encode(std::string_view utf8, std::string& out) {
  const bool own_bytes = encoding_ != kUtf8 && is_ascii_compatible(encoding_);
  const char* p = utf8.data();
  const char* const end = p + utf8.size();
  while (p != end) {
    const char* const begin = p;
    const char32_t c = next_utf8(p, end);
    const std::string_view character(begin, static_cast<std::size_t>(p - begin));
    const std::string encoded = own_bytes && c >= 0x80 ? encode(c) : std::string(character);
    for (const char byte : encoded) {
      if (is_ascii(byte)) {
        out += byte;
      } else {
        append_percent(byte, out);
      }
    }
  }
}

// A character's bytes in this encoding, or the numeric reference that stands for it.
std::string TextDecoder::encode(char32_t c) {
  Encoded encoded;
  if (from_) {
    encoded = encode_legacy(encoding_, from_.get(), c);
  } else {
    encoded.bytes = encode_byte(encoding_, c);
  }
  if (const char exception = byte_exception_for(encoding_, c); exception != 0) encoded.bytes = exception;
  std::string expected;
  std::string decoded;
  append_utf8(c, expected);
  decode(encoded.bytes, decoded);
  if (encoded.decodes_otherwise || (!encoded.bytes.empty() && decoded == expected)) return encoded.bytes;
  return "%26%23" + std::to_string(c) + "%3B";
}

void append_well_formed(std::string_view utf8, std::string& out) {
  const char* p = utf8.data();
  const char* const end = p + utf8.size();
  while (p != end) {
    const char* const ascii_end = find_non_ascii(p, end);
    out.append(p, ascii_end);
    p = ascii_end;
    // What is ill-formed is past U+10FFFF too, and becomes U+FFFD.
    if (p != end) append_utf8(next_utf8(p, end), out);
  }
}

}  // namespace wswp::html
