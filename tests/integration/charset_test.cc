// Pages in the encodings of the world, declared in the header, in the page or not at all: the title in UTF-8, and links
// whose query goes to the server in the encoding of the page (https://url.spec.whatwg.org/#query-state).

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/daemon.h"
#include "support/scripted_server.h"

namespace wswp::test {
namespace {

struct Language {
  std::string name;      // of the hosts
  std::string encoding;  // as the view `results` has it
  std::string title;     // UTF-8
  std::string bytes;     // the title as the page has it
  std::string query;     // the same, percent-encoded
  std::string path;      // in UTF-8, percent-encoded
  std::string text;      // enough of the language for a detector
};

// clang-format off
const std::vector<Language> kLanguages{
    {"gb18030", "gb18030", "你好，世界",
     "\xc4\xe3\xba\xc3\xa3\xac\xca\xc0\xbd\xe7",
     "%C4%E3%BA%C3%A3%AC%CA%C0%BD%E7",
     "%E4%BD%A0%E5%A5%BD%EF%BC%8C%E4%B8%96%E7%95%8C",
     "\xd5\xe2\xca\xc7\xd2\xbb\xb8\xf6\xd3\xc3\xc0\xb4\xb2\xe2\xca\xd4\xb1\xe0\xc2\xeb\xbc\xec\xb2\xe2\xb5\xc4\xcd\xf8\xd2\xb3\xa1\xa3\xce\xd2\xc3\xc7\xcf\xa3\xcd\xfb\xc5\xc0\xb3\xe6\xc4\xdc\xb9\xbb\xd5\xfd\xc8\xb7\xb5\xd8\xca\xb6\xb1\xf0\xd5\xe2\xb8\xf6\xd2\xb3\xc3\xe6\xb5\xc4\xce\xc4\xd7\xd6\xb1\xe0\xc2\xeb\xa3\xac\xb2\xa2\xc7\xd2\xb6\xc1\xb3\xf6\xcb\xfc\xb5\xc4\xb1\xea\xcc\xe2\xa1\xa3"},
    {"gbk", "gbk", "中文网页",
     "\xd6\xd0\xce\xc4\xcd\xf8\xd2\xb3",
     "%D6%D0%CE%C4%CD%F8%D2%B3",
     "%E4%B8%AD%E6%96%87%E7%BD%91%E9%A1%B5",
     "\xd5\xe2\xca\xc7\xd2\xbb\xb8\xf6\xd3\xc3\xc0\xb4\xb2\xe2\xca\xd4\xb1\xe0\xc2\xeb\xbc\xec\xb2\xe2\xb5\xc4\xcd\xf8\xd2\xb3\xa1\xa3\xce\xd2\xc3\xc7\xcf\xa3\xcd\xfb\xc5\xc0\xb3\xe6\xc4\xdc\xb9\xbb\xd5\xfd\xc8\xb7\xb5\xd8\xca\xb6\xb1\xf0\xd5\xe2\xb8\xf6\xd2\xb3\xc3\xe6\xb5\xc4\xce\xc4\xd7\xd6\xb1\xe0\xc2\xeb\xa3\xac\xb2\xa2\xc7\xd2\xb6\xc1\xb3\xf6\xcb\xfc\xb5\xc4\xb1\xea\xcc\xe2\xa1\xa3"},
    {"big5", "big5", "繁體中文",
     "\xc1" "c\xc5\xe9\xa4\xa4\xa4\xe5",
     "%C1c%C5%E9%A4%A4%A4%E5",
     "%E7%B9%81%E9%AB%94%E4%B8%AD%E6%96%87",
     "\xb3o\xacO\xa4@\xad\xd3\xa5\xce\xa8\xd3\xb4\xfa\xb8\xd5\xbds\xbdX\xc0\xcb\xb4\xfa\xaa\xba\xba\xf4\xad\xb6\xa1" "C\xa7\xda\xad\xcc\xa7\xc6\xb1\xe6\xaa\xa6\xc2\xce\xaf\xe0\xb0\xf7\xa5\xbf\xbdT\xa6" "a\xc3\xd1\xa7O\xb3o\xad\xd3\xad\xb6\xad\xb1\xaa\xba\xa4\xe5\xa6r\xbds\xbdX\xa1" "A\xa8\xc3\xa5" "B\xc5\xaa\xa5X\xa5\xa6\xaa\xba\xbc\xd0\xc3" "D\xa1" "C"},
    {"sjis", "shift_jis", "日本語ページ",
     "\x93\xfa\x96{\x8c\xea\x83y\x81[\x83W",
     "%93%FA%96{%8C%EA%83y%81[%83W",
     "%E6%97%A5%E6%9C%AC%E8%AA%9E%E3%83%9A%E3%83%BC%E3%82%B8",
     "\x82\xb1\x82\xea\x82\xcd\x95\xb6\x8e\x9a\x83R\x81[\x83h\x82\xcc\x94\xbb\x92\xe8\x82\xf0\x8e\x8e\x82\xb7\x82\xbd\x82\xdf\x82\xcc\x83y\x81[\x83W\x82\xc5\x82\xb7\x81" "B\x83N\x83\x8d\x81[\x83\x89\x81[\x82\xaa\x90\xb3\x82\xb5\x82\xa2\x95\xb6\x8e\x9a\x83R\x81[\x83h\x82\xf0\x8c\xa9\x82\xc2\x82\xaf\x82\xc4\x81" "A\x91\xe8\x96\xbc\x82\xf0\x93\xc7\x82\xde\x82\xb1\x82\xc6\x82\xf0\x8a\xfa\x91\xd2\x82\xb5\x82\xc4\x82\xa2\x82\xdc\x82\xb7\x81" "B"},
    {"euc-jp", "euc-jp", "日本語ページ",
     "\xc6\xfc\xcb\xdc\xb8\xec\xa5\xda\xa1\xbc\xa5\xb8",
     "%C6%FC%CB%DC%B8%EC%A5%DA%A1%BC%A5%B8",
     "%E6%97%A5%E6%9C%AC%E8%AA%9E%E3%83%9A%E3%83%BC%E3%82%B8",
     "\xa4\xb3\xa4\xec\xa4\xcf\xca\xb8\xbb\xfa\xa5\xb3\xa1\xbc\xa5\xc9\xa4\xce\xc8\xbd\xc4\xea\xa4\xf2\xbb\xee\xa4\xb9\xa4\xbf\xa4\xe1\xa4\xce\xa5\xda\xa1\xbc\xa5\xb8\xa4\xc7\xa4\xb9\xa1\xa3\xa5\xaf\xa5\xed\xa1\xbc\xa5\xe9\xa1\xbc\xa4\xac\xc0\xb5\xa4\xb7\xa4\xa4\xca\xb8\xbb\xfa\xa5\xb3\xa1\xbc\xa5\xc9\xa4\xf2\xb8\xab\xa4\xc4\xa4\xb1\xa4\xc6\xa1\xa2\xc2\xea\xcc\xbe\xa4\xf2\xc6\xc9\xa4\xe0\xa4\xb3\xa4\xc8\xa4\xf2\xb4\xfc\xc2\xd4\xa4\xb7\xa4\xc6\xa4\xa4\xa4\xde\xa4\xb9\xa1\xa3"},
    {"euc-kr", "euc-kr", "한국어 문서",
     "\xc7\xd1\xb1\xb9\xbe\xee \xb9\xae\xbc\xad",
     "%C7%D1%B1%B9%BE%EE%20%B9%AE%BC%AD",
     "%ED%95%9C%EA%B5%AD%EC%96%B4%20%EB%AC%B8%EC%84%9C",
     "\xc0\xcc \xb9\xae\xbc\xad\xb4\xc2 \xb9\xae\xc0\xda \xc0\xce\xc4\xda\xb5\xf9\xc0\xbb \xbe\xcb\xbe\xc6\xb3\xbb\xb4\xc2 \xbd\xc3\xc7\xe8\xc0\xbb \xc0\xa7\xc7\xd1 \xb0\xcd\xc0\xd4\xb4\xcf\xb4\xd9. \xbc\xf6\xc1\xfd\xb1\xe2\xb0\xa1 \xbf\xc3\xb9\xd9\xb8\xa5 \xc0\xce\xc4\xda\xb5\xf9\xc0\xbb \xc3\xa3\xb0\xed \xc1\xa6\xb8\xf1\xc0\xbb \xc0\xd0\xb1\xe2\xb8\xa6 \xb9\xd9\xb6\xf8\xb4\xcf\xb4\xd9."},
    {"cp1251", "windows-1251", "Русская страница",
     "\xd0\xf3\xf1\xf1\xea\xe0\xff \xf1\xf2\xf0\xe0\xed\xe8\xf6\xe0",
     "%D0%F3%F1%F1%EA%E0%FF%20%F1%F2%F0%E0%ED%E8%F6%E0",
     "%D0%A0%D1%83%D1%81%D1%81%D0%BA%D0%B0%D1%8F%20%D1%81%D1%82%D1%80%D0%B0%D0%BD%D0%B8%D1%86%D0%B0",
     "\xdd\xf2\xe0 \xf1\xf2\xf0\xe0\xed\xe8\xf6\xe0 \xef\xf0\xee\xe2\xe5\xf0\xff\xe5\xf2 \xee\xef\xf0\xe5\xe4\xe5\xeb\xe5\xed\xe8\xe5 \xea\xee\xe4\xe8\xf0\xee\xe2\xea\xe8. \xcc\xfb \xed\xe0\xe4\xe5\xe5\xec\xf1\xff, \xf7\xf2\xee \xef\xf0\xee\xe3\xf0\xe0\xec\xec\xe0 \xef\xf0\xe0\xe2\xe8\xeb\xfc\xed\xee \xf3\xe7\xed\xe0\xe5\xf2 \xea\xee\xe4\xe8\xf0\xee\xe2\xea\xf3 \xe8 \xef\xf0\xee\xf7\xf2\xb8\xf2 \xe7\xe0\xe3\xee\xeb\xee\xe2\xee\xea."},
    {"cp1252", "windows-1252", "Café “déjà vu” €",
     "Caf\xe9 \x93" "d\xe9j\xe0 vu\x94 \x80",
     "Caf%E9%20%93d%E9j%E0%20vu%94%20%80",
     "Caf%C3%A9%20%E2%80%9Cd%C3%A9j%C3%A0%20vu%E2%80%9D%20%E2%82%AC",
     "Cette page v\xe9rifie la d\xe9tection de l'encodage. Nous esp\xe9rons que le programme reconna\xeetra l'encodage et lira le titre, d\xe9j\xe0 l\xe0, o\xf9 \xe7" "a \xe9t\xe9 cr\xe9\xe9."},
    {"koi8-r", "koi8-r", "Русская страница",
     "\xf2\xd5\xd3\xd3\xcb\xc1\xd1 \xd3\xd4\xd2\xc1\xce\xc9\xc3\xc1",
     "%F2%D5%D3%D3%CB%C1%D1%20%D3%D4%D2%C1%CE%C9%C3%C1",
     "%D0%A0%D1%83%D1%81%D1%81%D0%BA%D0%B0%D1%8F%20%D1%81%D1%82%D1%80%D0%B0%D0%BD%D0%B8%D1%86%D0%B0",
     "\xfc\xd4\xc1 \xd3\xd4\xd2\xc1\xce\xc9\xc3\xc1 \xd0\xd2\xcf\xd7\xc5\xd2\xd1\xc5\xd4 \xcf\xd0\xd2\xc5\xc4\xc5\xcc\xc5\xce\xc9\xc5 \xcb\xcf\xc4\xc9\xd2\xcf\xd7\xcb\xc9. \xed\xd9 \xce\xc1\xc4\xc5\xc5\xcd\xd3\xd1, \xde\xd4\xcf \xd0\xd2\xcf\xc7\xd2\xc1\xcd\xcd\xc1 \xd0\xd2\xc1\xd7\xc9\xcc\xd8\xce\xcf \xd5\xda\xce\xc1\xc5\xd4 \xcb\xcf\xc4\xc9\xd2\xcf\xd7\xcb\xd5 \xc9 \xd0\xd2\xcf\xde\xd4\xa3\xd4 \xda\xc1\xc7\xcf\xcc\xcf\xd7\xcf\xcb."},
};
// clang-format on

enum class Declared { kHeader, kMeta, kNowhere };

std::string host_of(const Language& language, Declared declared) {
  constexpr const char* kHow[] = {"header", "meta", "nowhere"};
  return fmt::format("{}.{}.test", language.name, kHow[static_cast<int>(declared)]);
}

Reply reply_of(const Language& language, Declared declared) {
  const std::string type =
      fmt::format("Content-Type: text/html{}{}\r\n", declared == Declared::kHeader ? "; charset=" : "",
                  declared == Declared::kHeader ? language.encoding : "");
  const std::string meta =
      declared == Declared::kMeta ? fmt::format("<meta charset=\"{}\">", language.encoding) : std::string();
  return {http(200, type,
               fmt::format("<!doctype html>{0}<title>{1}</title><p>{2}</p><p>{2}</p><a href=\"/{1}?q={1}\">{1}</a>",
                           meta, language.bytes, language.text))};
}

TEST(Charsets, GiveTitlesAndQueriesHoweverDeclared) {
  ScriptedServer server;
  std::string list;
  const std::vector<Declared> all{Declared::kHeader, Declared::kMeta, Declared::kNowhere};
  for (const Language& language : kLanguages) {
    for (const Declared declared : all) {
      server.answer(host_of(language, declared) + "/", reply_of(language, declared));
      list += host_of(language, declared) + "\n";
    }
  }
  Daemon daemon(crawl_config(server.authority(), {{"politeness.delay", "0"}}));
  daemon.start();
  daemon.add(list, {"--follow", "--depth", "1"});
  daemon.wait_until_done();
  const auto results = daemon.results();
  for (const Language& language : kLanguages) {
    for (const Declared declared : all) {
      const std::string host = host_of(language, declared);
      const CsvRow& row = results.at("http://" + host + "/");
      // What is not declared is guessed; GBK is a part of GB18030.
      const bool same = row.at("encoding") == language.encoding ||
                        (declared == Declared::kNowhere && language.name == "gbk" && row.at("encoding") == "gb18030") ||
                        (declared == Declared::kNowhere && language.name == "gb18030" && row.at("encoding") == "gbk");
      EXPECT_TRUE(same) << host << ": " << row.at("encoding");
      EXPECT_EQ(row.at("title"), language.title) << host;
      const std::string target = fmt::format("/{}?q={}", language.path, language.query);
      EXPECT_EQ(server.targets(host), (std::vector<std::string>{"/", target})) << host;
      EXPECT_TRUE(results.contains("http://" + host + target)) << host;
    }
  }
}

TEST(Charsets, AByteOrderMarkBeatsWhatIsDeclared) {
  // In UTF-16 and UTF-8, queries are UTF-8.
  const std::string utf8 =
      "\xef\xbb\xbf<!doctype html><title>\u65e5\u672c\u8a9e</title><a href=\"/\u00fc?q=\u65e5\u672c\u8a9e\">x</a>";
  const auto utf16 = [](bool big_endian) {
    std::string bytes;
    for (const char16_t unit : std::u16string(u"\ufeff<!doctype html><title>\u65e5\u672c\u8a9e</title>"
                                              u"<a href=\"/\u00fc?q=\u65e5\u672c\u8a9e\">x</a>")) {
      const char high = static_cast<char>(unit >> 8U);
      const char low = static_cast<char>(unit & 0xffU);
      bytes += big_endian ? high : low;
      bytes += big_endian ? low : high;
    }
    return bytes;
  };
  const std::map<std::string, std::pair<std::string, std::string>> pages{
      {"utf-8", {"utf8.test", utf8}}, {"utf-16le", {"le.test", utf16(false)}}, {"utf-16be", {"be.test", utf16(true)}}};
  ScriptedServer server;
  std::string list;
  for (const auto& [encoding, page] : pages) {
    server.answer(page.first + "/", {http(200, "Content-Type: text/html; charset=windows-1251\r\n", page.second)});
    list += page.first + "\n";
  }
  Daemon daemon(crawl_config(server.authority(), {{"politeness.delay", "0"}}));
  daemon.start();
  daemon.add(list, {"--follow", "--depth", "1"});
  daemon.wait_until_done();
  const auto results = daemon.results();
  for (const auto& [encoding, page] : pages) {
    const CsvRow& row = results.at("http://" + page.first + "/");
    EXPECT_EQ(row.at("encoding"), encoding);
    EXPECT_EQ(row.at("title"), "\u65e5\u672c\u8a9e");
    EXPECT_EQ(server.targets(page.first), (std::vector<std::string>{"/", "/%C3%BC?q=%E6%97%A5%E6%9C%AC%E8%AA%9E"}));
  }
}

}  // namespace
}  // namespace wswp::test
