#include "html/tag_id.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <iterator>

#include "html/ascii.h"

namespace wswp::html {

namespace {

constexpr std::size_t kPackedLength = 8;

// The first eight characters of a name, letters in lower case, as one number, the first character lowest. NULs at its
// end are lost.
constexpr std::uint64_t pack(std::string_view name) {
  std::uint64_t packed = 0;
  for (std::size_t i = 0; i < name.size() && i < kPackedLength; ++i) {
    packed |= static_cast<std::uint64_t>(static_cast<unsigned char>(to_lower(name[i]))) << (8 * i);
  }
  return packed;
}

template <class Word>
std::uint64_t load(const char* p) {
  Word word = 0;
  std::memcpy(&word, p, sizeof word);
  return word;
}

// All eight bytes of `word` in lower case at once: 0x80 is carried into the bytes from 'A' on, and into those past 'Z'.
constexpr std::uint64_t lower_bytes(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  const std::uint64_t low_bits = word & (0x7F * kOnes);
  const std::uint64_t from_a = low_bits + (0x80 - 'A') * kOnes;
  const std::uint64_t past_z = low_bits + (0x7F - 'Z') * kOnes;
  const std::uint64_t upper = (from_a ^ past_z) & ~word & (0x80 * kOnes);
  return word | (upper >> 2U);
}

// pack() without a loop, by loads that overlap.
std::uint64_t pack_fast(std::string_view name) {
  if constexpr (std::endian::native != std::endian::little) return pack(name);
  const char* const p = name.data();
  const std::size_t size = name.size();
  if (size >= 8) return lower_bytes(load<std::uint64_t>(p));
  if (size >= 4) return lower_bytes(load<std::uint32_t>(p) | load<std::uint32_t>(p + size - 4) << (8 * (size - 4)));
  if (size == 0) return 0;
  const std::size_t middle = size / 2;
  return lower_bytes(load<std::uint8_t>(p) | load<std::uint8_t>(p + middle) << (8 * middle) |
                     load<std::uint8_t>(p + size - 1) << (8 * (size - 1)));
}

struct Entry {
  std::string_view name;
  TagId id;
};

constexpr Entry kEntries[] = {{"a", TagId::kA},
                              {"area", TagId::kArea},
                              {"base", TagId::kBase},
                              {"frame", TagId::kFrame},
                              {"frameset", TagId::kFrameset},
                              {"iframe", TagId::kIframe},
                              {"link", TagId::kLink},
                              {"meta", TagId::kMeta},
                              {"title", TagId::kTitle},
                              {"noembed", TagId::kNoembed},
                              {"noframes", TagId::kNoframes},
                              {"plaintext", TagId::kPlaintext},
                              {"script", TagId::kScript},
                              {"style", TagId::kStyle},
                              {"textarea", TagId::kTextarea},
                              {"xmp", TagId::kXmp},
                              {"template", TagId::kTemplate},
                              {"svg", TagId::kSvg},
                              {"math", TagId::kMath},
                              {"foreignobject", TagId::kForeignObject},
                              {"desc", TagId::kDesc},
                              {"mi", TagId::kMathText},
                              {"mo", TagId::kMathText},
                              {"mn", TagId::kMathText},
                              {"ms", TagId::kMathText},
                              {"mtext", TagId::kMathText},
                              {"annotation-xml", TagId::kAnnotationXml},
                              {"font", TagId::kFont},
                              {"b", TagId::kBreakout},
                              {"big", TagId::kBreakout},
                              {"blockquote", TagId::kBreakout},
                              {"body", TagId::kBreakout},
                              {"br", TagId::kBreakout},
                              {"center", TagId::kBreakout},
                              {"code", TagId::kBreakout},
                              {"dd", TagId::kBreakout},
                              {"div", TagId::kBreakout},
                              {"dl", TagId::kBreakout},
                              {"dt", TagId::kBreakout},
                              {"em", TagId::kBreakout},
                              {"embed", TagId::kBreakout},
                              {"h1", TagId::kBreakout},
                              {"h2", TagId::kBreakout},
                              {"h3", TagId::kBreakout},
                              {"h4", TagId::kBreakout},
                              {"h5", TagId::kBreakout},
                              {"h6", TagId::kBreakout},
                              {"head", TagId::kBreakout},
                              {"hr", TagId::kBreakout},
                              {"i", TagId::kBreakout},
                              {"img", TagId::kBreakout},
                              {"li", TagId::kBreakout},
                              {"listing", TagId::kBreakout},
                              {"menu", TagId::kBreakout},
                              {"nobr", TagId::kBreakout},
                              {"ol", TagId::kBreakout},
                              {"p", TagId::kBreakout},
                              {"pre", TagId::kBreakout},
                              {"ruby", TagId::kBreakout},
                              {"s", TagId::kBreakout},
                              {"small", TagId::kBreakout},
                              {"span", TagId::kBreakout},
                              {"strong", TagId::kBreakout},
                              {"strike", TagId::kBreakout},
                              {"sub", TagId::kBreakout},
                              {"sup", TagId::kBreakout},
                              {"table", TagId::kBreakout},
                              {"tt", TagId::kBreakout},
                              {"u", TagId::kBreakout},
                              {"ul", TagId::kBreakout},
                              {"var", TagId::kBreakout}};

// kEntries by a hash without collisions: kMultiplier is an odd number that gives each a place of its own in kIndex.
struct Packed {
  std::uint64_t begin = 0;
  std::size_t size = 0;
  std::string_view rest;  // what of the name is not packed
  TagId id = TagId::kOther;
};

constexpr auto kPacked = [] {
  std::array<Packed, std::size(kEntries)> packed{};
  for (std::size_t i = 0; i < packed.size(); ++i) {
    const std::string_view name = kEntries[i].name;
    packed[i] = {pack(name), name.size(), name.substr(std::min(name.size(), kPackedLength)), kEntries[i].id};
  }
  return packed;
}();

constexpr unsigned kIndexBits = 9;
using Index = std::array<std::uint8_t, std::size_t{1} << kIndexBits>;

constexpr std::size_t place_of(std::uint64_t packed, std::uint64_t multiplier) {
  return (packed * multiplier) >> (64U - kIndexBits);
}

constexpr bool collides(std::uint64_t multiplier) {
  Index taken{};
  for (const Packed& entry : kPacked) {
    if (taken[place_of(entry.begin, multiplier)]++ != 0) return true;
  }
  return false;
}

constexpr std::uint64_t kMultiplier = [] {
  std::uint64_t multiplier = 0x9E3779B97F4A7C15U;
  while (collides(multiplier)) multiplier *= 0xD1342543DE82EF95U;
  return multiplier;
}();

constexpr Index kIndex = [] {
  Index index{};  // an unused place leads to the first entry, which then differs
  for (std::size_t i = 0; i < kPacked.size(); ++i) {
    index[place_of(kPacked[i].begin, kMultiplier)] = static_cast<std::uint8_t>(i);
  }
  return index;
}();

// The number of the letter that the name begins with, whatever its case.
constexpr std::size_t letter_of(std::string_view name) {
  return static_cast<unsigned char>(name[0]) & 0x1FU;
}

// Of the names that begin with a letter and are not plain, the sizes as bits.
constexpr auto kSizesByLetter = [] {
  std::array<std::uint32_t, 32> sizes{};
  for (const Entry& entry : kEntries) {
    if (!is_plain(entry.id)) sizes[letter_of(entry.name)] |= std::uint32_t{1} << entry.name.size();
  }
  return sizes;
}();

// Of the names of one character.
constexpr auto kIdOfCharacter = [] {
  std::array<TagId, 256> ids{};
  for (const Entry& entry : kEntries) {
    if (entry.name.size() != 1) continue;
    for (unsigned byte = 0; byte < ids.size(); ++byte) {
      if (to_lower(static_cast<char>(byte)) == entry.name[0]) ids[byte] = entry.id;
    }
  }
  return ids;
}();

constexpr bool may_end_name(unsigned byte) {
  return byte <= 0x20 || byte == '/' || byte == '>';
}

// Whether `byte` can stand at `at` where `name` begins; past its end, one byte that ends it and then any.
constexpr bool fits(std::string_view name, std::size_t at, unsigned byte) {
  if (at == name.size()) return may_end_name(byte);
  return at > name.size() || to_lower(static_cast<char>(byte)) == name[at];
}

// Does not compile where there are more beginnings than bits.
consteval TagBeginnings find_tag_beginnings() {
  TagBeginnings beginnings{};
  std::uint32_t bit = 1;
  const auto add = [&](auto fits_at) {
    if (bit == 0) throw "more beginnings than bits";
    for (std::size_t at = 0; at < 3; ++at) {
      for (unsigned byte = 0; byte < 256; ++byte) {
        if (fits_at(at, byte)) beginnings.bytes[at][byte] |= bit;
      }
    }
    bit <<= 1U;
  };
  for (const Entry& entry : kEntries) {
    if (!is_plain(entry.id)) add([&](std::size_t at, unsigned byte) { return fits(entry.name, at, byte); });
  }
  const auto is_letter = [](unsigned byte) { return is_alpha(static_cast<char>(byte)); };
  add([&](std::size_t at, unsigned byte) { return at != 0 || !(is_letter(byte) || byte == '/'); });
  add([&](std::size_t at, unsigned byte) { return at == 0 ? byte == '/' : at != 1 || !is_letter(byte); });
  return beginnings;
}

}  // namespace

constexpr TagBeginnings kTagBeginnings = find_tag_beginnings();

bool is_plain_name(std::string_view name) {
  const std::uint32_t sizes = kSizesByLetter[letter_of(name)];
  return name.size() >= 32 || (sizes >> name.size() & 1U) == 0 || is_plain(tag_id(name));
}

TagId tag_id(std::string_view name) {
  if (name.size() == 1) return kIdOfCharacter[static_cast<unsigned char>(name[0])];
  const std::uint64_t begin = pack_fast(name);
  const Packed& entry = kPacked[kIndex[place_of(begin, kMultiplier)]];
  if (entry.begin != begin || entry.size != name.size()) return TagId::kOther;
  if (entry.rest.empty()) return entry.id;
  return equals_lower(name.substr(kPackedLength), entry.rest) ? entry.id : TagId::kOther;
}

}  // namespace wswp::html
