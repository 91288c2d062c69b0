#include "url/idna_mapping.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace wswp::url {

namespace {

/// The code points from `first` to `last` become those from `to` on; kIgnored: they are left out.
struct Mapping {
  UChar32 first;
  UChar32 last;
  UChar32 to;
};

constexpr UChar32 kIgnored = -1;

constexpr std::array kMappings = std::to_array<Mapping>({
    {0x04C0, 0x04C0, 0x04CF},      // Cyrillic palochka
    {0x10A0, 0x10C5, 0x2D00},      // Georgian capital letters
    {0x115F, 0x1160, kIgnored},    // Hangul fillers
    {0x17B4, 0x17B5, kIgnored},    // Khmer inherent vowels
    {0x180E, 0x180E, kIgnored},    // Mongolian vowel separator
    {0x1E9E, 0x1E9E, 0x00DF},      // capital sharp s
    {0x2061, 0x2063, kIgnored},    // invisible operators
    {0x206A, 0x206F, kIgnored},    // deprecated format characters
    {0x2132, 0x2132, 0x214E},      // turned capital F
    {0x2183, 0x2183, 0x2184},      // reversed Roman numeral one hundred
    {0x3164, 0x3164, kIgnored},    // Hangul filler
    {0xFFA0, 0xFFA0, kIgnored},    // half-width Hangul filler
    {0x1D173, 0x1D17A, kIgnored},  // musical format characters
    {0x2F868, 0x2F868, 0x36FC},    // compatibility ideographs whose decomposition was corrected
    {0x2F874, 0x2F874, 0x5F53},    //
    {0x2F91F, 0x2F91F, 0x243AB},   //
    {0x2F95F, 0x2F95F, 0x7AEE},    //
    {0x2F9BF, 0x2F9BF, 0x45D7},    //
});

const Mapping* find_mapping(UChar32 code_point) {
  const auto* const found =
      std::find_if(kMappings.begin(), kMappings.end(), [code_point](const Mapping& m) { return code_point <= m.last; });
  return found != kMappings.end() && code_point >= found->first ? found : nullptr;
}

}  // namespace

icu::UnicodeString with_current_mappings(const icu::UnicodeString& domain) {
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < domain.length(); i = domain.moveIndex32(i, 1)) {
    const UChar32 code_point = domain.char32At(i);
    const Mapping* const mapping = find_mapping(code_point);
    if (mapping == nullptr) {
      out.append(code_point);
    } else if (mapping->to != kIgnored) {
      out.append(mapping->to + (code_point - mapping->first));
    }
  }
  return out;
}

}  // namespace wswp::url
