#include "html/page_scanner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace wswp::html {
namespace {

using namespace std::string_view_literals;
using testing::ElementsAre;
using testing::IsEmpty;

Page scan_in_chunks(std::string_view html, const PageScanner::Options& options, std::size_t chunk_size) {
  PageScanner scanner(options);
  for (std::size_t i = 0; i < html.size(); i += chunk_size) scanner.feed(html.substr(i, chunk_size));
  return scanner.finish();
}

std::vector<std::string> hrefs(const Page& page) {
  std::vector<std::string> out;
  for (const Link link : page.links) out.emplace_back(link.href);
  return out;
}

// Whole, after checking that single bytes lead to the same.
Page scan(std::string_view html, const PageScanner::Options& options = {{}, true, "wswp"}) {
  Page whole = scan_in_chunks(html, options, html.size() + 1);
  const Page bytes = scan_in_chunks(html, options, 1);
  EXPECT_EQ(hrefs(bytes), hrefs(whole));
  EXPECT_EQ(bytes.title, whole.title);
  EXPECT_EQ(bytes.encoding, whole.encoding);
  return whole;
}

Page scan_as(std::string_view content_type, std::string_view html) {
  return scan(html, {content_type, true, {}});
}

TEST(PageScanner, LinksOfAllKinds) {
  const Page page = scan(
      "<link rel=canonical href=1><link rel='next prefetch' href=2><link rel=PREV href=3><link rel=alternate href=4>"
      "<link rel=stylesheet href=x><link rel='alternate stylesheet' href=x><link rel=icon href=x><link href=x>"
      "<meta http-equiv=Refresh content='3; URL=\"5\"'>"
      "<a href=6>t</a><area href=7><iframe src=8></iframe><img src=x>");
  std::vector<LinkKind> kinds;
  for (const Link link : page.links) kinds.push_back(link.kind);
  EXPECT_THAT(hrefs(page), ElementsAre("1", "2", "3", "4", "5", "6", "7", "8"));
  EXPECT_THAT(kinds, ElementsAre(LinkKind::kCanonical, LinkKind::kNext, LinkKind::kPrev, LinkKind::kAlternate,
                                 LinkKind::kRefresh, LinkKind::kAnchor, LinkKind::kArea, LinkKind::kFrame));
}

TEST(PageScanner, KeepsTheFirstLinksAndCountsTheOthers) {
  const Page page = scan("<a href=1><area href=2><iframe src=3></iframe><a href=4><a name=x><a href=5>",
                         {.content_type = "text/html", .max_links = 3});
  EXPECT_THAT(hrefs(page), ElementsAre("1", "2", "3"));
  EXPECT_EQ(page.links_left_out, 2);
  EXPECT_EQ(scan("<a href=1><a href=2>", {.content_type = "text/html", .max_links = 2}).links_left_out, 0);
}

TEST(PageScanner, HrefsAreDecodedAndTrimmed) {
  const Page page = scan("<a href=' \n/a?b&amp;c=&#100;\t'><a href='&#32;x'><a href=\"caf&eacute;\"><a href>");
  EXPECT_THAT(hrefs(page), ElementsAre("/a?b&c=d", "x", "caf\u00E9", ""));
}

TEST(PageScanner, NoLinksWhereBrowsersSeeNone) {
  EXPECT_THAT(hrefs(scan("<!-- <a href=1> --><script>'<a href=2>'</script><style><a href=3></style>"
                         "<textarea><a href=4></textarea><title><a href=5></title><noframes><a href=6></noframes>"
                         "<template><a href=7><template></template><a href=8></template><a name=x><iframe src=''>"
                         "</iframe><a href=here>")),
              ElementsAre("here"));
}

TEST(PageScanner, ANameWithANulIsNoneThatMatters) {
  using namespace std::string_view_literals;
  const Page page =
      scan("<title\0>not it</title><a href=1><a\0 href=x><script\0><a href=2></script><svg\0><title>t</title></svg>"sv);
  EXPECT_THAT(hrefs(page), ElementsAre("1", "2"));
  EXPECT_EQ(page.title, "t");
}

TEST(PageScanner, NoscriptIsMarkupWithoutScripting) {
  EXPECT_THAT(hrefs(scan("<noscript><meta http-equiv=refresh content='0;url=/plain'><a href=1></noscript>")),
              ElementsAre("/plain", "1"));
}

TEST(PageScanner, SvgHasLinksButNoTitleOrRawText) {
  const Page page = scan(
      "<svg><title>icon</title><style><a href=1></style><a xlink:href=2></a><link rel=next href=x><base href=x></svg>"
      "<title>page</title>");
  EXPECT_THAT(hrefs(page), ElementsAre("1", "2"));
  EXPECT_EQ(page.title, "page");
  EXPECT_FALSE(page.base_href);
}

TEST(PageScanner, LinksOfSvgAreNoneOfTheDocuments) {
  const Page page = scan("<svg><a href=1><a rel=nofollow xlink:href=2><desc><a href=3></a></svg><math><a href=x>");
  std::vector<LinkKind> kinds;
  for (const Link link : page.links) kinds.push_back(link.kind);
  EXPECT_THAT(hrefs(page), ElementsAre("1", "2", "3"));
  EXPECT_THAT(kinds, ElementsAre(LinkKind::kSvgAnchor, LinkKind::kSvgAnchor, LinkKind::kAnchor));
  EXPECT_TRUE(page.links[1].nofollow);
}

TEST(PageScanner, LinksAfterATemplateWithAnOpenSvgAreSeen) {
  EXPECT_THAT(hrefs(scan("<template><svg></template><style><a href=x></style><a href=1>")), ElementsAre("1"));
}

TEST(PageScanner, FirstBaseWithHrefApplies) {
  const Page page = scan("<a href=x><base target=_top><base href=' /b/ '><base href=/c/>");
  EXPECT_EQ(page.base_href, "/b/");
  EXPECT_EQ(scan("<a href=x>").base_href, std::nullopt);
}

TEST(PageScanner, Nofollow) {
  const Page page = scan("<a rel='external NoFollow' href=1><a rel=nofollows href=2><area rel=nofollow href=3>");
  ASSERT_EQ(page.links.size(), 3U);
  EXPECT_TRUE(page.links[0].nofollow);
  EXPECT_FALSE(page.links[1].nofollow);
  EXPECT_TRUE(page.links[2].nofollow);
}

TEST(PageScanner, RobotsDirectivesForAllAndForUs) {
  const Page all = scan("<meta name=ROBOTS content='NoFollow , archive'>");
  EXPECT_TRUE(all.robots_nofollow);
  EXPECT_FALSE(all.robots_noindex);
  const Page ours = scan("<meta name=Wswp content=none>");
  EXPECT_TRUE(ours.robots_nofollow);
  EXPECT_TRUE(ours.robots_noindex);
  const Page others = scan("<meta name=otherbot content=none><template><meta name=robots content=none></template>");
  EXPECT_FALSE(others.robots_nofollow);
  EXPECT_FALSE(others.robots_noindex);
}

TEST(PageScanner, TitleIsCollapsedDecodedAndTheFirst) {
  EXPECT_EQ(scan("<title>\n a &amp;\t b <b> </title><title>c</title>").title, "a & b <b>");
  EXPECT_EQ(scan("<title>not closed").title, "not closed");
  EXPECT_EQ(scan("<title></title><title>c</title>").title, "");
}

TEST(PageScanner, TitleIsCutAtACharacter) {
  std::string text = "a";
  for (int i = 0; i < 400; ++i) text += "\u00E9";
  EXPECT_EQ(scan("<meta charset=utf-8><title>" + text).title, text.substr(0, 499));
  EXPECT_EQ(scan("<title>" + std::string(100000, 'x')).title, std::string(500, 'x'));
}

TEST(PageScanner, WithoutLinks) {
  const Page page = scan("<title>t</title><a href=1><meta http-equiv=refresh content='0;url=2'>", {{}, false, {}});
  EXPECT_THAT(page.links, IsEmpty());
  EXPECT_EQ(page.title, "t");
}

TEST(PageScanner, ByteOrderMarkBeatsHeaderBeatsMeta) {
  const std::string_view meta = "<meta charset=koi8-r>";
  EXPECT_EQ(scan_as("text/html; charset=latin1", "\xEF\xBB\xBF" + std::string(meta)).encoding, "utf-8");
  EXPECT_EQ(scan_as("text/html; charset=latin1", meta).encoding, "windows-1252");
  EXPECT_EQ(scan_as("text/html; charset=nonsense", meta).encoding, "koi8-r");
  EXPECT_EQ(scan_as("text/html", meta).encoding_source, EncodingSource::kDeclared);
}

TEST(PageScanner, MetaBeyondThePrescanStillCounts) {
  const std::string filler = "<!--" + std::string(5000, ' ') + "-->";
  const Page page =
      scan("<title>\xC4\xC1</title>" + filler + "<meta http-equiv=content-type content='x; charset=koi8-r'>");
  EXPECT_EQ(page.encoding, "koi8-r");
  EXPECT_EQ(page.title, "\u0434\u0430");
}

TEST(PageScanner, ResultsAreConvertedToUtf8) {
  const Page latin = scan_as("text/html;charset=iso-8859-1", "<title>caf\xE9 &eacute;</title><a href='/\xE9'>");
  EXPECT_EQ(latin.title, "caf\u00E9 \u00E9");
  EXPECT_THAT(hrefs(latin), ElementsAre("/\u00E9"));
  // A second byte in the range of ASCII letters and the backslash.
  const Page japanese = scan_as("text/html;charset=shift_jis", "<title>\x83\x5C\x83\x65</title><a href=\"\x83\x5C\">");
  EXPECT_EQ(japanese.title, "\u30BD\u30C6");
  EXPECT_THAT(hrefs(japanese), ElementsAre("\u30BD"));
  EXPECT_EQ(scan_as("text/html;charset=utf-8", "<title>a\xFF\xE2\x82").title, "a\uFFFD\uFFFD");
}

// https://url.spec.whatwg.org/#query-state: a query is encoded as the page is.
TEST(PageScanner, QueriesAreInThePagesEncoding) {
  const std::string_view html = "<a href='/\xC4?q=\xC4&amp;r=&#x434;&#x20AC;#\xC4'>";
  EXPECT_THAT(hrefs(scan_as("text/html;charset=koi8-r", html)), ElementsAre("/\u0434?q=%C4&r=%C4%26%238364%3B#\u0434"));
  EXPECT_THAT(hrefs(scan_as("text/html;charset=utf-8", "<a href='?q=\u0434'>")), ElementsAre("?q=\u0434"));
}

TEST(PageScanner, Utf16AndIso2022JpAreTranscodedFirst) {
  std::string utf16 = "\xFF\xFE";
  for (const char16_t c : std::u16string_view(u"<title>\u0434\U0001F600</title><a href='\u043D'>")) {
    utf16 += static_cast<char>(c & 0xFFU);
    utf16 += static_cast<char>(c >> 8U);
  }
  const Page page = scan(utf16);
  EXPECT_EQ(page.encoding, "utf-16le");
  EXPECT_EQ(page.title, "\u0434\U0001F600");
  EXPECT_THAT(hrefs(page), ElementsAre("\u043D"));
  // The first two bytes of the character are those of "<".
  const Page jis = scan_as("text/html; charset=ISO-2022-JP", "<title>\x1B$B$<\x1B(B</title><a href=x>");
  EXPECT_EQ(jis.title, "\u305C");
  EXPECT_THAT(hrefs(jis), ElementsAre("x"));
}

TEST(PageScanner, UndeclaredEncodingIsDetected) {
  const Page ascii = scan("<title>plain</title>");
  EXPECT_EQ(ascii.encoding, "utf-8");
  EXPECT_EQ(ascii.encoding_source, EncodingSource::kAssumed);
  const Page utf8 = scan("<title>caf\u00E9</title>");
  EXPECT_EQ(utf8.encoding, "utf-8");
  EXPECT_EQ(utf8.encoding_source, EncodingSource::kDetected);
  const Page russian = scan(
      "<title>\xF0\xD2\xC9\xD7\xC5\xD4</title><p>\xF7\xD3\xC5 \xD3\xDE\xC1\xD3\xD4\xCC\xC9\xD7\xD9\xC5 "
      "\xD3\xC5\xCD\xD8\xC9 \xD0\xCF\xC8\xCF\xD6\xC9 \xC4\xD2\xD5\xC7 \xCE\xC1 \xC4\xD2\xD5\xC7\xC1");
  EXPECT_EQ(russian.encoding, "koi8-r");
  EXPECT_EQ(russian.title, "\u041F\u0440\u0438\u0432\u0435\u0442");
}

TEST(PageScanner, ReplacementEncodingHasNoContent) {
  const Page page = scan_as("text/html; charset=iso-2022-kr", "<title>t</title><a href=1>");
  EXPECT_EQ(page.encoding, "replacement");
  EXPECT_THAT(page.links, IsEmpty());
}

TEST(PageScanner, ResetForgetsThePageBefore) {
  PageScanner scanner({"text/html; charset=koi8-r", true, "wswp"});
  scanner.feed("<title>one</title><base href=1><meta name=wswp content=none><template><svg><a href='");
  EXPECT_EQ(scanner.finish().title, "one");
  scanner.reset({"text/html", true, {}});
  scanner.feed("<meta name=wswp content=none><a href=2>");
  const Page page = scanner.finish();
  EXPECT_THAT(hrefs(page), ElementsAre("2"));
  EXPECT_EQ(page.title, "");
  EXPECT_EQ(page.encoding, "utf-8");
  EXPECT_FALSE(page.base_href);
  EXPECT_FALSE(page.robots_nofollow);
}

TEST(PageScanner, EmptyPage) {
  const Page page = scan("");
  EXPECT_THAT(page.links, IsEmpty());
  EXPECT_EQ(page.encoding, "utf-8");
}

TEST(PageScanner, WhatEndsInTheMiddleOfACharacterEndsWithAReplacement) {
  EXPECT_EQ(scan("\xFF\xFE<\0t\0i\0t\0l\0e\0>\0a\0b"sv).title, "a\uFFFD");
  EXPECT_EQ(scan("\xFE\xFF\0<\0t\0i\0t\0l\0e\0>\0a\xD8\x3D"sv).title, "a\uFFFD");
  EXPECT_EQ(scan("<title>a\x1B$B$", {"text/html;charset=iso-2022-jp", true, {}}).title, "a\uFFFD");
  EXPECT_EQ(scan("<title>a\xE3"
                 "2",
                 {"text/html;charset=gbk", true, {}})
                .title,
            "a\uFFFD");
  EXPECT_EQ(scan("<title>a\xE3"
                 "2</title>",
                 {"text/html;charset=gbk", true, {}})
                .title,
            "a\uFFFD"
            "2");
}

TEST(PageScanner, ABrokenCharacterTakesNothingOfALinkAlong) {
  const Page page = scan(
      "<a href='/\xE3"
      "2'><a href=/?q=\xE3"
      "2>",
      {"text/html;charset=gbk", true, {}});
  EXPECT_THAT(hrefs(page), ElementsAre("/\uFFFD"
                                       "2",
                                       "/?q=%26%2365533%3B"
                                       "2"));
}

TEST(PageScanner, QueriesOfAPageInIso2022JpAreInIt) {
  const Page page =
      scan("<a href='/\x1B$B$\"\x1B(B?q=\x1B$B$\"\x1B(B&amp;x'>", {"text/html;charset=iso-2022-jp", true, {}});
  EXPECT_THAT(hrefs(page), ElementsAre("/\u3042?q=%1B$B$%22%1B(B&x"));
  EXPECT_EQ(page.encoding, "iso-2022-jp");
}

TEST(PageScanner, AMetaInForeignContentBreaksOutOfIt) {
  for (const std::string in : {"<svg>", "<math>", "<svg><g>", "<svg><title>", "<math><mi>"}) {
    EXPECT_TRUE(scan(in + "<meta name=robots content=nofollow>").robots_nofollow) << in;
    EXPECT_THAT(hrefs(scan(in + "<meta http-equiv=refresh content='0;url=1'>")), ElementsAre("1")) << in;
    EXPECT_EQ(scan(in + "<meta charset=koi8-r>").encoding, "koi8-r") << in;
  }
}

TEST(PageScanner, LinksInForeignContentAreThoseOfItsElements) {
  EXPECT_THAT(hrefs(scan("<svg><area href=x><iframe src=x></iframe><base href=x><a href=1>")), ElementsAre("1"));
  EXPECT_THAT(hrefs(scan("<svg><foreignObject><area href=1></foreignObject><area href=x>")), ElementsAre("1"));
  EXPECT_THAT(hrefs(scan("<math><mtext></mi><area href=1><a href=2></a></mtext><area href=x>")), ElementsAre("1", "2"));
  EXPECT_THAT(hrefs(scan("<math><annotation-xml encoding=text/html><p><area href=1></annotation-xml>")),
              ElementsAre("1"));
  EXPECT_THAT(hrefs(scan("<svg><desc><div><p><area href=1></div></desc><area href=x></svg><area href=2>")),
              ElementsAre("1", "2"));
}

}  // namespace
}  // namespace wswp::html
