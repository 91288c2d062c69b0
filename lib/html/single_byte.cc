#include "html/single_byte.h"

#include <algorithm>
#include <array>

#include "html/encoding.h"

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

constexpr char16_t kNoCharacter = 0xFFFD;

// The bytes that the standard's index takes for another character than ICU does; U+FFFD: for none. (ICU's IBM 866 has
// some control characters in each other's places.)
struct ByteException {
  std::string_view encoding;
  unsigned char first;
  unsigned char last;
  char16_t character;
};
constexpr std::array<ByteException, 9> kByteExceptions = {{{"ibm866", 0x1A, 0x1A, 0x1A},
                                                           {"ibm866", 0x1C, 0x1C, 0x1C},
                                                           {"ibm866", 0x7F, 0x7F, 0x7F},
                                                           {"koi8-u", 0xAE, 0xAE, 0x045E},
                                                           {"koi8-u", 0xBE, 0xBE, 0x040E},
                                                           {"windows-874", 0xDB, 0xDE, kNoCharacter},
                                                           {"windows-874", 0xFC, 0xFF, kNoCharacter},
                                                           {"windows-1253", 0xAA, 0xAA, kNoCharacter},
                                                           {"windows-1255", 0xCA, 0xCA, 0x05BA}}};

}  // namespace

bool is_own_single_byte(std::string_view encoding) {
  return encoding == kIso8859x16 || encoding == kUserDefined;
}

char32_t decode_byte(std::string_view encoding, unsigned char byte) {
  if (byte < 0x80) return byte;
  if (encoding == kUserDefined) return char32_t{0xF780} + byte - 0x80;
  return byte < 0xA0 ? byte : kIso8859x16High[byte - 0xA0];
}

bool has_byte_exceptions(std::string_view encoding) {
  return std::any_of(kByteExceptions.begin(), kByteExceptions.end(),
                     [=](const ByteException& e) { return e.encoding == encoding; });
}

std::optional<char32_t> byte_exception(std::string_view encoding, unsigned char byte) {
  const auto* const found = std::find_if(kByteExceptions.begin(), kByteExceptions.end(), [=](const ByteException& e) {
    return e.encoding == encoding && byte >= e.first && byte <= e.last;
  });
  return found != kByteExceptions.end() ? std::optional<char32_t>(found->character) : std::nullopt;
}

}  // namespace wswp::html
