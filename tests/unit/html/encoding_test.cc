#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "html/charset_detector.h"
#include "html/encoding.h"
#include "html/encoding_sniffer.h"
#include "html/text_decoder.h"

namespace wswp::html {
namespace {

using namespace std::string_view_literals;

TEST(EncodingForLabel, IgnoresCaseAndSpace) {
  EXPECT_EQ(encoding_for_label("UTF8"), "utf-8");
  EXPECT_EQ(encoding_for_label(" Latin1\n"), "windows-1252");
  EXPECT_EQ(encoding_for_label("ks_c_5601-1987"), "euc-kr");
  EXPECT_EQ(encoding_for_label("gb2312"), "gbk");
  EXPECT_EQ(encoding_for_label("hz-gb-2312"), "replacement");
  EXPECT_EQ(encoding_for_label("866"), "ibm866");
  EXPECT_EQ(encoding_for_label("x-x-big5"), "big5");
}

TEST(EncodingForLabel, UnknownIsEmpty) {
  EXPECT_EQ(encoding_for_label(""), "");
  EXPECT_EQ(encoding_for_label("utf-7"), "");
  EXPECT_EQ(encoding_for_label("utf-8-and-much-more-than-any-label-has"), "");
}

TEST(ByteOrderMark, OfEachKind) {
  EXPECT_EQ(find_byte_order_mark("\xEF\xBB\xBFx").encoding, "utf-8");
  EXPECT_EQ(find_byte_order_mark("\xFF\xFE").encoding, "utf-16le");
  EXPECT_EQ(find_byte_order_mark("\xFE\xFF").encoding, "utf-16be");
  EXPECT_EQ(find_byte_order_mark("\xEF\xBB").size, 0U);
}

TEST(Prescan, FindsMeta) {
  EXPECT_EQ(prescan_encoding("<html><meta charset=koi8-r>"), "koi8-r");
  EXPECT_EQ(prescan_encoding("<META a=b CHARSET = 'koi8-r' >"), "koi8-r");
  EXPECT_EQ(prescan_encoding("<meta content='a;charset=koi8-r' http-equiv=Content-Type>"), "koi8-r");
  EXPECT_EQ(prescan_encoding("<meta/charset=koi8-r>"), "koi8-r");
}

TEST(Prescan, SkipsWhatIsNoMeta) {
  EXPECT_EQ(prescan_encoding("<!-- <meta charset=koi8-r> --><meta charset=big5>"), "big5");
  EXPECT_EQ(prescan_encoding("<p a='<meta charset=koi8-r>'><meta charset=big5>"), "big5");
  EXPECT_EQ(prescan_encoding("<? <meta charset=koi8-r><meta charset=big5>"), "big5");
  EXPECT_EQ(prescan_encoding("<meta content='charset=koi8-r'>"), "");
  EXPECT_EQ(prescan_encoding("<meta charset=koi8-r"), "");
  EXPECT_EQ(prescan_encoding("<metacharset=koi8-r>"), "");
  EXPECT_EQ(prescan_encoding("<meta charset=nonsense>"), "");
}

TEST(Prescan, DeclarationsInThePageAreNotUtf16) {
  EXPECT_EQ(prescan_encoding("<meta charset=utf-16>"), "utf-8");
  EXPECT_EQ(prescan_encoding("<meta charset=x-user-defined>"), "windows-1252");
  EXPECT_EQ(prescan_encoding("<\0?\0x\0m\0"sv), "utf-16le");
  EXPECT_EQ(prescan_encoding("\0<\0?\0x"sv), "utf-16be");
}

TEST(Prescan, XmlDeclaration) {
  EXPECT_EQ(prescan_encoding("<?xml version='1.0' encoding = \"koi8-r\"?><html>"), "koi8-r");
  EXPECT_EQ(prescan_encoding("<?xml encoding='koi8-r'?><meta charset=big5>"), "big5");
  EXPECT_EQ(prescan_encoding("<?xml version='1.0'?> encoding='koi8-r'"), "");
}

TEST(MetaContent, ExtractsCharset) {
  EXPECT_EQ(encoding_in_meta_content("text/html; charset=koi8-r; x"), "koi8-r");
  EXPECT_EQ(encoding_in_meta_content("charset charset = \"koi8-r\""), "koi8-r");
  EXPECT_EQ(encoding_in_meta_content("charset='koi8-r"), "");
  EXPECT_EQ(encoding_in_meta_content("text/html"), "");
}

std::string decoded(std::string_view encoding, std::string_view bytes) {
  TextDecoder decoder(encoding);
  std::string out;
  decoder.decode(bytes, true, out);
  return out;
}

TEST(TextDecoder, OneOfEachFamily) {
  EXPECT_EQ(decoded("windows-1252", "\x80\xE9"), "\u20AC\u00E9");
  EXPECT_EQ(decoded("gbk", "\xC4\xE3"), "\u4F60");
  EXPECT_EQ(decoded("gb18030", "\x81\x30\x81\x30"), "\u0080");
  EXPECT_EQ(decoded("big5", "\xA7\x41"), "\u4F60");
  EXPECT_EQ(decoded("euc-jp", "\xA4\xA2"), "\u3042");
  EXPECT_EQ(decoded("shift_jis", "\x82\xA0\\"), "\u3042\\");
  EXPECT_EQ(decoded("euc-kr", "\xB0\xA1"), "\uAC00");
  EXPECT_EQ(decoded("iso-8859-8-i", "\xE0"), "\u05D0");
  EXPECT_EQ(decoded("iso-8859-16", "a\xAA\xFF"), "a\u0218\u00FF");
  EXPECT_EQ(decoded("x-user-defined", "a\x80"), "a\uF780");
}

// https://encoding.spec.whatwg.org/#legacy-multi-byte-chinese-(simplified)-encodings and on: a broken character becomes
// one U+FFFD, and an ASCII byte in it stands for itself.
TEST(TextDecoder, BrokenCharactersKeepTheAsciiInThem) {
  for (const std::string_view encoding : {"gbk", "gb18030", "big5", "euc-jp", "euc-kr"}) {
    EXPECT_EQ(decoded(encoding, "\xA1<b>"), "\uFFFD<b>") << encoding;
    EXPECT_EQ(decoded(encoding, "a\xFF z"), "a\uFFFD z") << encoding;
    EXPECT_EQ(decoded(encoding, "a\xA4"), "a\uFFFD") << encoding;
  }
  EXPECT_EQ(decoded("shift_jis", "\x81<\xA0\xFD\x82@"), "\uFFFD<\uFFFD\uFFFD\uFFFD@");
  EXPECT_EQ(decoded("gb18030", "\x81\x30\x81z"), "\uFFFD0\u4E83");
  EXPECT_EQ(decoded("gb18030", "\x81\x30z"), "\uFFFD0z");
  EXPECT_EQ(decoded("gb18030", "\x81\x30\x81"), "\uFFFD");
  EXPECT_EQ(decoded("gb18030", "\xFE\x39\xFE\x39"), "\uFFFD");
  EXPECT_EQ(decoded("euc-jp", "\x8F\xA2z\x8Ez\x8E\xE0z"), "\uFFFDz\uFFFDz\uFFFDz");
}

TEST(TextDecoder, CharactersAreThoseOfTheStandardsIndexes) {
  EXPECT_EQ(decoded("gbk", "\x80\xA6\xD9\xA3\xA0"), "\u20AC\uFE10\u3000");
  EXPECT_EQ(decoded("big5", "\x88\x62\x88\xA5\x87\xA4"), "\u00CA\u0304\u00EA\u030C\u9F97");
  EXPECT_EQ(decoded("big5", "\x81\x40"), "\uFFFD@") << "private use of ICU";
  EXPECT_EQ(decoded("shift_jis", "\xF0\x40\xB1\x80"), "\uE000\uFF71\u0080");
  EXPECT_EQ(decoded("euc-jp", "\x8E\xB1\x8F\xB0\xA1\x8F\xF3\xA1"), "\uFF71\u4E02\uFFFD");
  EXPECT_EQ(decoded("euc-kr", "\xC9\xA1"), "\uFFFD");
  EXPECT_EQ(decoded("koi8-u", "\xAE\xBE\xC1"), "\u045E\u040E\u0430");
  EXPECT_EQ(decoded("windows-874", "\xA1\xDB\xFF"), "\u0E01\uFFFD\uFFFD");
  EXPECT_EQ(decoded("windows-1253", "\xAA\xE1"), "\uFFFD\u03B1");
  EXPECT_EQ(decoded("windows-1255", "\xCA\xE0"), "\u05BA\u05D0");
}

TEST(TextDecoder, EveryEncodingDecodesAscii) {
  for (const std::string_view label :
       {"ibm866",         "iso-8859-2",   "iso-8859-3",   "iso-8859-4",   "iso-8859-5",   "iso-8859-6",
        "iso-8859-7",     "iso-8859-8",   "iso-8859-10",  "iso-8859-13",  "iso-8859-14",  "iso-8859-15",
        "koi8-r",         "koi8-u",       "macintosh",    "windows-874",  "windows-1250", "windows-1251",
        "windows-1253",   "windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-1258",
        "x-mac-cyrillic", "iso-2022-jp"}) {
    EXPECT_EQ(encoding_for_label(label), label);
    EXPECT_EQ(decoded(encoding_for_label(label), "az~\xA4").substr(0, 3), "az~") << label;
    EXPECT_GT(decoded(encoding_for_label(label), "az~\xA4").size(), 4U) << label;
  }
}

TEST(TextDecoder, IllFormedUtf8BecomesReplacementByMaximalParts) {
  EXPECT_EQ(decoded("utf-8", "a\xC0\x80"), "a\uFFFD\uFFFD");
  EXPECT_EQ(decoded("utf-8", "\xE2\x82z"), "\uFFFDz");
  EXPECT_EQ(decoded("utf-8", "\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(decoded("utf-8", "\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(decoded("utf-8", "\xF0\x9F\x98\x80"), "\U0001F600");
}

TEST(TextDecoder, StreamsCharactersCutAnywhere) {
  TextDecoder decoder("utf-16be");
  std::string out;
  for (const char c : "\xD8\x3D\xDE\x00\0a"sv) decoder.decode({&c, 1}, false, out);
  decoder.decode({}, true, out);
  EXPECT_EQ(out, "\U0001F600a");
}

TEST(TextDecoder, StreamsCharactersOfSeveralBytesCutAnywhere) {
  for (const auto& [encoding, text] :
       {std::pair("gb18030"sv, "\x81\x30\x81\x30\xC4\xE3\x81"sv), std::pair("euc-jp"sv, "\x8F\xB0\xA1z\xA4\xA2"sv)}) {
    TextDecoder decoder(encoding);
    std::string out;
    for (const char c : text) decoder.decode({&c, 1}, false, out);
    decoder.decode({}, true, out);
    EXPECT_EQ(out, decoded(encoding, text));
  }
}

std::string part(std::string_view encoding, std::string_view bytes) {
  TextDecoder decoder(encoding);
  std::string out;
  decoder.decode_part(bytes, out);
  return out;
}

// In a page, '"' or '<' comes next, so what is left open is broken off by it and not by the end.
TEST(TextDecoder, APartOfAPageEndsWhereAsciiFollows) {
  for (const std::string_view encoding : {"gbk", "gb18030"}) {
    EXPECT_EQ(part(encoding,
                   "\xE3"
                   "2"),
              "\uFFFD"
              "2");
    EXPECT_EQ(part(encoding, "\x81\x30\x81"),
              "\uFFFD"
              "0\uFFFD");
    EXPECT_EQ(decoded(encoding,
                      "\xE3"
                      "2"),
              "\uFFFD")
        << "at the end of the page";
  }
  for (const std::string_view encoding : {"big5", "euc-jp", "shift_jis", "euc-kr"}) {
    EXPECT_EQ(part(encoding, "a\x88"), "a\uFFFD") << encoding;
  }
  EXPECT_EQ(part("euc-jp", "\x8F\xA2"), "\uFFFD");
  EXPECT_EQ(part("utf-8", "\xE2\x82"), "\uFFFD");
  EXPECT_EQ(part("windows-1252", "\xE2"), "\u00E2");
}

// https://encoding.spec.whatwg.org/#shared-utf-16-decoder
TEST(TextDecoder, Utf16CutAnywhereBecomesOneReplacement) {
  EXPECT_EQ(decoded("utf-16le", "a\0b"sv), "a\uFFFD");
  EXPECT_EQ(decoded("utf-16le", "a\0\x3D\xD8"sv), "a\uFFFD");
  EXPECT_EQ(decoded("utf-16le", "a\0\x3D\xD8\x00"sv), "a\uFFFD");
  EXPECT_EQ(decoded("utf-16be", "\0a\xDE"sv), "a\uFFFD");
  EXPECT_EQ(decoded("utf-16be", "\xD8\x3D\0a\xDE\x00"sv), "\uFFFDa\uFFFD");
  EXPECT_EQ(decoded("utf-16be", "\xD8\x3D\xD8\x3D\xDE\x00"sv), "\uFFFD\U0001F600");
}

// https://encoding.spec.whatwg.org/#iso-2022-jp-decoder
TEST(TextDecoder, Iso2022JpHasStates) {
  const auto iso = [](std::string_view bytes) { return decoded("iso-2022-jp", bytes); };
  EXPECT_EQ(iso("a\x1B$B$\"$$\x1B(Bb"), "a\u3042\u3044b");
  EXPECT_EQ(iso("\x1B(J\\~a\x1B(B\\~"), "\u00A5\u203Ea\\~");
  EXPECT_EQ(iso("\x1B(I!_\x1B(B"), "\uFF61\uFF9F");
  EXPECT_EQ(iso("a\x1B(B\x1B$B\x1B(Bz"), "a\uFFFD\uFFFDz") << "nothing between two sequences";
  EXPECT_EQ(iso("\x1B$B$\""), "\u3042");
  EXPECT_EQ(iso("\x1B$B$"), "\uFFFD") << "cut in a character";
  EXPECT_EQ(iso("\x1B$B$\x1B(Ba"), "\uFFFDa");
  EXPECT_EQ(iso("\x1B$B$\na\"$"), "\uFFFD\u74E3\uFFFD") << "a line end is half a character";
  EXPECT_EQ(iso("\x1Bz\x1B(z\x1B"), "\uFFFDz\uFFFD(z\uFFFD");
  EXPECT_EQ(iso("\x0E\x0F\x80"), "\uFFFD\uFFFD\uFFFD");
}

TEST(TextDecoder, StatesOutliveTheCutsOfAStream) {
  for (const std::string_view text : {"a\x1B$B$\"$$\x1B(Jb\\\x1B(I!\x1B"sv, "\x1B$B$\x1B(B\x1B$@$\"\x1B("sv}) {
    TextDecoder decoder("iso-2022-jp");
    std::string out;
    for (const char c : text) decoder.decode({&c, 1}, false, out);
    decoder.decode({}, true, out);
    EXPECT_EQ(out, decoded("iso-2022-jp", text));
  }
}

TEST(CharsetDetector, SampleIsBoundedAndIndependentOfChunks) {
  std::string page;
  while (page.size() < 4 * CharsetDetector::kMaxSample) page += "<p class=some-long-name>gr\u00FC\u00DFe";
  CharsetDetector whole;
  whole.add(page);
  EXPECT_EQ(whole.detect(), "utf-8");
  CharsetDetector bytes;
  EXPECT_TRUE(bytes.ascii_only());
  for (const char c : page) bytes.add({&c, 1});
  EXPECT_FALSE(bytes.ascii_only());
  EXPECT_EQ(bytes.detect(), "utf-8");
}

TEST(CharsetDetector, TellsUkrainianFromRussian) {
  CharsetDetector detector;
  detector.add(
      "\xEB\xC9\xA7\xD7\xD3\xD8\xCB\xC9\xCA \xCE\xC1\xC3\xA6\xCF\xCE\xC1\xCC\xD8\xCE\xC9\xCA "
      "\xD5\xCE\xA6\xD7\xC5\xD2\xD3\xC9\xD4\xC5\xD4 \xDA\xC1\xD0\xD2\xCF\xDB\xD5\xA4 "
      "\xD3\xD4\xD5\xC4\xC5\xCE\xD4\xA6\xD7");
  EXPECT_EQ(detector.detect(), "koi8-u");
  detector.reset();
  detector.add(
      "\xF7\xD3\xC5 \xD3\xDE\xC1\xD3\xD4\xCC\xC9\xD7\xD9\xC5 \xD3\xC5\xCD\xD8\xC9 \xA4 "
      "\xD0\xCF\xC8\xCF\xD6\xC9 \xC4\xD2\xD5\xC7 \xCE\xC1 \xC4\xD2\xD5\xC7\xC1");
  EXPECT_EQ(detector.detect(), "koi8-r");
}

TEST(CharsetDetector, OneStrayByteIsNoUtf8) {
  CharsetDetector detector;
  detector.add("caf\xE9");
  EXPECT_NE(detector.detect(), "utf-8");
}

}  // namespace
}  // namespace wswp::html
