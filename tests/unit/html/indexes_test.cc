// Every byte, pair of bytes and character of the encodings, against the indexes of the Encoding standard
// (https://encoding.spec.whatwg.org/#indexes). The answers to all of them are many; their FNV-1a hashes stand for them,
// as another implementation of the standard gives them.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "html/query_encoder.h"
#include "html/text_decoder.h"

namespace wswp::html {
namespace {

class Hash {
 public:
  void add(std::string_view text) {
    for (const char c : text) value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x01000193U;
  }
  std::uint32_t value() const { return value_; }

 private:
  std::uint32_t value_ = 0x811C9DC5U;
};

using Expected = std::vector<std::pair<std::string_view, std::uint32_t>>;

std::string bytes(std::initializer_list<unsigned> values) {
  std::string out;
  for (const unsigned value : values) out += static_cast<char>(value);
  return out;
}

std::string decoded_whole(std::string_view encoding, std::string_view text) {
  std::string out;
  TextDecoder(encoding).decode(text, true, out);
  return out;
}

void add_decoded(TextDecoder& decoder, const std::string& text, Hash& hash) {
  std::string out;
  decoder.decode(text, true, out);
  hash.add(out);
}

TEST(Indexes, EveryByteOfTheSingleByteEncodings) {
  const Expected expected = {
      {"ibm866", 0xF4C6E8AA},         {"iso-8859-2", 0x9531B1B6},    {"iso-8859-3", 0x71F5F617},
      {"iso-8859-4", 0x0DC1D92F},     {"iso-8859-5", 0xDE843FEF},    {"iso-8859-6", 0x9E54EE42},
      {"iso-8859-7", 0xCA0D3D89},     {"iso-8859-8", 0x0EFBE29D},    {"iso-8859-8-i", 0x0EFBE29D},
      {"iso-8859-10", 0x8DD9FEFB},    {"iso-8859-13", 0x290D8421},   {"iso-8859-14", 0x4BE4A875},
      {"iso-8859-15", 0x63AE8B40},    {"iso-8859-16", 0x28C156E2},   {"koi8-r", 0x8F5185DD},
      {"koi8-u", 0x0CCE12A1},         {"macintosh", 0x39605175},     {"windows-874", 0x7C892933},
      {"windows-1250", 0xC263BA75},   {"windows-1251", 0x3D69DC05},  {"windows-1252", 0x7931C13A},
      {"windows-1253", 0xD03BCD70},   {"windows-1254", 0xFB66A274},  {"windows-1255", 0x1BB85B7F},
      {"windows-1256", 0x6F71F10B},   {"windows-1257", 0x466F26AE},  {"windows-1258", 0x3846D743},
      {"x-mac-cyrillic", 0x5FBEAE25}, {"x-user-defined", 0x591D1245}};
  for (const auto& [encoding, value] : expected) {
    TextDecoder decoder(encoding);
    Hash hash;
    for (unsigned byte = 0; byte < 256; ++byte) add_decoded(decoder, bytes({byte}), hash);
    EXPECT_EQ(hash.value(), value) << encoding;
  }
}

TEST(Indexes, EveryPairOfBytes) {
  const Expected expected = {{"gbk", 0x116B2772},    {"gb18030", 0x116B2772},   {"big5", 0xE9D09DF2},
                             {"euc-jp", 0x7223C553}, {"shift_jis", 0xE281E111}, {"euc-kr", 0xCFC6D2F0}};
  for (const auto& [encoding, value] : expected) {
    TextDecoder decoder(encoding);
    Hash hash;
    for (unsigned lead = 0x80; lead < 256; ++lead) {
      for (unsigned trail = 0; trail < 256; ++trail) add_decoded(decoder, bytes({lead, trail, 'A'}), hash);
    }
    EXPECT_EQ(hash.value(), value) << encoding;
  }
}

TEST(Indexes, EveryPairBehindAnEscapeSequenceOfIso2022Jp) {
  TextDecoder decoder("iso-2022-jp");
  Hash hash;
  for (unsigned lead = 0; lead < 256; ++lead) {
    for (unsigned trail = 0; trail < 256; ++trail) {
      add_decoded(decoder, "\x1B$B" + bytes({lead, trail}) + "\x1B(BA", hash);
    }
  }
  EXPECT_EQ(hash.value(), 0xC007D7DE);
}

TEST(Indexes, ThreeBytesOfEucJp) {
  TextDecoder decoder("euc-jp");
  Hash hash;
  for (unsigned second = 0x80; second < 256; ++second) {
    for (unsigned third = 0; third < 256; ++third) add_decoded(decoder, bytes({0x8F, second, third, 'A'}), hash);
  }
  EXPECT_EQ(hash.value(), 0x12384947);
}

TEST(Indexes, FourBytesOfGb18030) {
  TextDecoder decoder("gb18030");
  Hash hash;
  for (unsigned first = 0x81; first < 0xFF; ++first) {
    for (unsigned second = 0x30; second < 0x3A; ++second) {
      for (unsigned third = 0x81; third < 0xFF; third += 5) {
        add_decoded(decoder, bytes({first, second, third, 0x30 + (first + third) % 10, 'A'}), hash);
      }
    }
  }
  EXPECT_EQ(hash.value(), 0xB7D8C995);
}

TEST(Indexes, EveryCharacterOfTheQueriesOfLinks) {
  const Expected expected = {{"gbk", 0xFB103829},         {"gb18030", 0x17067AC6},     {"big5", 0xDF23C616},
                             {"euc-jp", 0xE8B60C31},      {"shift_jis", 0x7ED048C9},   {"euc-kr", 0x9355BC1C},
                             {"iso-2022-jp", 0x97B812D2}, {"koi8-u", 0x19489102},      {"windows-1252", 0xC8A09AF7},
                             {"windows-874", 0xDC2DF928}, {"iso-8859-16", 0x7662BBB4}, {"x-user-defined", 0xF830FE35}};
  for (const auto& [encoding, value] : expected) {
    QueryEncoder encoder(encoding);
    Hash hash;
    for (char32_t c = 0x80; c < 0x10000; ++c) {
      if (c >= 0xD800 && c < 0xE000) continue;
      std::string character;
      append_utf8(c, character);
      std::string out;
      encoder.append(character, out);
      hash.add(out);
    }
    EXPECT_EQ(hash.value(), value) << encoding;
  }
}

// https://encoding.spec.whatwg.org/#gb18030-decoder and on: "prepend byte to ioQueue".
TEST(Indexes, NoBrokenPairTakesTheAsciiBehindItAlong) {
  for (const std::string_view encoding : {"gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr"}) {
    for (unsigned lead = 0x80; lead < 256; ++lead) {
      for (unsigned trail = 0; trail < 0x80; ++trail) {
        std::string part;
        TextDecoder(encoding).decode_part(bytes({lead, trail}), part);
        if (part.find("\uFFFD") != std::string::npos) {
          ASSERT_EQ(part, "\uFFFD" + bytes({trail})) << encoding << ' ' << lead;
        }
        const std::string tag = bytes({lead, trail}) + "<b>";
        ASSERT_TRUE(decoded_whole(encoding, tag).ends_with("<b>")) << encoding << ' ' << lead << ' ' << trail;
      }
    }
  }
}

}  // namespace
}  // namespace wswp::html
