// Pages in the encodings of the world, declared in the header, in the page or not at all: the title in UTF-8, and links
// whose query goes to the server in the encoding of the page (https://url.spec.whatwg.org/#query-state).

#include <iconv.h>

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/daemon.h"
#include "support/rows.h"
#include "support/scripted_server.h"

namespace wswp::test {
namespace {

struct Language {
  std::string encoding;  // as the view `results` has it
  std::string charset;   // the same for iconv(3), which knows what browsers mean by it
  std::string title;
  std::string text;  // enough of the language for a detector
};

const std::vector<Language> kLanguages{
    {"gb18030", "GB18030", "你好，世界",
     "这是一个用来测试编码检测的网页。我们希望爬虫能够正确地识别这个页面的文字编码。"},
    {"gbk", "GBK", "中文网页", "这是一个用来测试编码检测的网页。我们希望爬虫能够正确地识别这个页面的文字编码。"},
    {"big5", "BIG5-HKSCS", "繁體中文",
     "這是一個用來測試編碼檢測的網頁。我們希望爬蟲能夠正確地識別這個頁面的文字編碼。"},
    {"shift_jis", "CP932", "日本語ページ",
     "これは文字コードの判定を試すためのページです。クローラーが正しい文字コードを見つけることを期待しています。"},
    {"euc-jp", "EUC-JP", "日本語ページ",
     "これは文字コードの判定を試すためのページです。クローラーが正しい文字コードを見つけることを期待しています。"},
    {"euc-kr", "UHC", "한국어 문서",
     "이 문서는 문자 인코딩을 알아내는 시험을 위한 것입니다. 수집기가 올바른 인코딩을 찾기를 바랍니다."},
    {"windows-1251", "CP1251", "Русская страница",
     "Эта страница проверяет определение кодировки. Мы надеемся, что программа правильно узнает кодировку."},
    {"windows-1252", "CP1252", "Café “déjà vu” €",
     "Cette page vérifie la détection de l'encodage. Le programme reconnaîtra l'encodage, déjà là, où ça été créé."},
    {"koi8-r", "KOI8-R", "Русская страница",
     "Эта страница проверяет определение кодировки. Мы надеемся, что программа правильно узнает кодировку."}};

/// UTF-8 in another encoding.
std::string encoded(std::string utf8, const std::string& charset) {
  const iconv_t converter = ::iconv_open(charset.c_str(), "UTF-8");
  std::string bytes(utf8.size() * 2, '\0');
  char* in = utf8.data();
  char* out = bytes.data();
  std::size_t in_left = utf8.size();
  std::size_t out_left = bytes.size();
  EXPECT_EQ(::iconv(converter, &in, &in_left, &out, &out_left), 0U) << charset;
  ::iconv_close(converter);
  bytes.resize(bytes.size() - out_left);
  return bytes;
}

/// What is no printable ASCII, and blanks.
std::string percent_encoded(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) text += c > ' ' && c < 0x7f ? std::string(1, c) : fmt::format("%{:02X}", c & 0xff);
  return text;
}

enum class Declared { kHeader, kMeta, kNowhere };

std::string host_of(const Language& language, Declared declared) {
  constexpr const char* kHow[] = {"header", "meta", "nowhere"};
  return fmt::format("{}.{}.test", language.encoding, kHow[static_cast<int>(declared)]);
}

Reply reply_of(const Language& language, Declared declared) {
  const bool in_header = declared == Declared::kHeader;
  const std::string type =
      fmt::format("Content-Type: text/html{}{}\r\n", in_header ? "; charset=" : "", in_header ? language.encoding : "");
  const std::string meta =
      declared == Declared::kMeta ? fmt::format("<meta charset=\"{}\">", language.encoding) : std::string();
  const std::string page =
      fmt::format("<!doctype html>{0}<title>{1}</title><p>{2}</p><p>{2}</p><a href=\"/{1}?q={1}\">{1}</a>", meta,
                  language.title, language.text);
  return {http(200, type, encoded(page, language.charset))};
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
      // GBK is a part of GB18030; what is not declared may be found to be either.
      const bool gb = declared == Declared::kNowhere && language.encoding.starts_with("gb");
      EXPECT_TRUE(row.at("encoding") == language.encoding || (gb && row.at("encoding").starts_with("gb")))
          << host << ": " << row.at("encoding");
      EXPECT_EQ(row.at("title"), language.title) << host;
      const std::string target = fmt::format("/{}?q={}", percent_encoded(language.title),
                                             percent_encoded(encoded(language.title, language.charset)));
      EXPECT_EQ(server.targets(host), (std::vector<std::string>{"/", target})) << host;
      EXPECT_TRUE(results.contains("http://" + host + target)) << host;
    }
  }
}

TEST(Charsets, WithStatesGiveTitlesAndQueriesToo) {
  const std::string page = encoded("<title>日本語</title><a href=\"/日?q=日本語&x=%41\">x</a>", "ISO-2022-JP");
  ScriptedServer server;
  server.answer("header.test/", {http(200, "Content-Type: text/html; charset=ISO-2022-JP\r\n", page)});
  server.answer("meta.test/", {http(200, "Content-Type: text/html\r\n", "<meta charset=iso-2022-jp>" + page)});
  Daemon daemon(crawl_config(server.authority(), {{"politeness.delay", "0"}}));
  daemon.start();
  daemon.add("header.test\nmeta.test\n", {"--follow", "--depth", "1"});
  daemon.wait_until_done();
  const auto results = daemon.results();
  for (const std::string host : {"header.test", "meta.test"}) {
    const CsvRow& row = results.at("http://" + host + "/");
    EXPECT_EQ(row.at("encoding"), "iso-2022-jp");
    EXPECT_EQ(row.at("title"), "日本語");
    EXPECT_EQ(server.targets(host), (std::vector<std::string>{"/", "/%E6%97%A5?q=%1B$BF|K\\8l%1B(B&x=%41"}));
  }
}

TEST(Charsets, OfAHeaderSpoilNoColumn) {
  const std::map<std::string, std::pair<std::string, std::string>> charsets{
      {"latin.test", {"\"\xe9\xff\"", "\u00e9\u00ff"}},
      {"escape.test", {"\"\xe9\xff\x1b[2J\"", ""}},
      {"long.test", {std::string(5000, 'e'), std::string(64, 'e')}}};
  ScriptedServer server;
  std::string list;
  for (const auto& [host, charset] : charsets) {
    server.answer(host + "/", {http(200, "Content-Type: text/plain; charset=" + charset.first + "\r\n", "x")});
    list += host + "\n";
  }
  Daemon daemon(crawl_config(server.authority(), {{"politeness.delay", "0"}}));
  daemon.start();
  daemon.add(list);
  daemon.wait_until_done();
  for (const auto& [host, charset] : charsets) {
    const Rows rows = query(daemon.database(), "select encoding from results where url = 'http://" + host + "/'");
    ASSERT_EQ(rows.rows.size(), 1U) << host;
    EXPECT_EQ(rows.rows[0][0], charset.second) << host;
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
