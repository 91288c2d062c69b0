// https://www.sitemaps.org/protocol.html
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collecting_sink.h"
#include "list/xml_reader.h"
#include "packed.h"

namespace wswp::list {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kSitemap = R"(<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url>
    <loc>
      http://example.com/a?b=1&amp;c=2
    </loc>
    <lastmod>2024-01-01</lastmod>
    <image:image><image:loc>http://example.com/picture.png</image:loc></image:image>
  </url>
  <url><loc><![CDATA[https://example.com/ü]]></loc></url>
  <url><loc>/relative</loc></url>
  <url><loc/></url>
</urlset>
)";

TEST(Sitemap, GivesTheLocOfEveryUrl) {
  for (const std::size_t piece : {std::string_view::npos, std::size_t{1}, std::size_t{10}}) {
    const Reading r = read_all(kSitemap, Format::kAuto, piece);
    EXPECT_EQ(r.error, "");
    EXPECT_THAT(r.rows.urls, ElementsAre("http://example.com/a?b=1&c=2", "https://example.com/%C3%BC"));
    EXPECT_THAT(r.rows.lines, ElementsAre(5U, 11U));
    ASSERT_EQ(r.rows.invalid.size(), 2U);
    EXPECT_EQ(r.rows.invalid[0].text, "/relative");
    EXPECT_EQ(r.rows.invalid[0].line, 12U);
    EXPECT_EQ(r.rows.invalid[1].text, "<loc></loc>");
    EXPECT_EQ(r.summary.read, 4U);
  }
}

TEST(Sitemap, MayBePackedAndPrefixedAndBeginWithBlankLines) {
  EXPECT_EQ(read_all(gzip(std::string(kSitemap))).rows.urls.size(), 2U);
  EXPECT_EQ(read_all("\n\n" + std::string(kSitemap)).rows.urls.size(), 2U);
  EXPECT_EQ(read_all("\xEF\xBB\xBF" + std::string(kSitemap)).rows.urls.size(), 2U);
  EXPECT_THAT(read_all("<s:urlset xmlns:s='x'><s:url><s:loc>http://a.com</s:loc></s:url></s:urlset>").rows.urls,
              ElementsAre("http://a.com/"));
}

TEST(Sitemap, AnIndexIsRefusedWithAdvice) {
  const Reading r = read_all("<sitemapindex><sitemap><loc>http://a.com/s.xml</loc></sitemap></sitemapindex>");
  EXPECT_EQ(r.error, "this is an index of sitemaps: add the sitemaps it lists, one by one");
  EXPECT_TRUE(r.rows.urls.empty());
}

TEST(Sitemap, OtherXmlIsRefused) {
  EXPECT_EQ(read_all("<rss><loc>http://a.com/</loc></rss>").error,
            "not a sitemap: the outermost element is <rss>, not <urlset>");
}

TEST(Sitemap, BrokenXmlIsAnErrorWithItsLine) {
  const Reading r = read_all("<urlset>\n<url><loc>http://a.com/</loc></url>\n<url></loc>\n");
  EXPECT_EQ(r.error, "the sitemap is broken in line 3: mismatched tag");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/"));
  EXPECT_THAT(read_all("<urlset>").error, HasSubstr("the sitemap is broken in line 1"));
  EXPECT_THAT(read_all("", Format::kSitemap).error, HasSubstr("the sitemap is broken"));
}

TEST(Sitemap, ALongLocIsOneInvalidRow) {
  const Reading r = read_all("<urlset><url><loc>" + std::string(3 * kMaxLine, 'a') +
                             "</loc></url><url><loc>http://a.com</loc></url></urlset>");
  EXPECT_EQ(r.error, "");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/"));
  ASSERT_EQ(r.rows.invalid.size(), 1U);
  EXPECT_EQ(r.rows.invalid[0].reason, "longer than 64 KiB");
}

TEST(Sitemap, TheSinkMayStop) {
  CollectingSink rows;
  rows.limit = 1;
  MemorySource source(kSitemap);
  const Result<Summary> result = read_list(source, Format::kAuto, rows);
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->stopped);
  EXPECT_EQ(rows.urls.size(), 1U);
}

TEST(Sitemap, DeclarationsAreRefused) {
  // Entities that grow, that recurse (CVE-2024-8176), and attributes for every element.
  for (const std::string declarations :
       {"<!ENTITY a 'http://a.com/'>", "<!ENTITY a '&b;'><!ENTITY b '&c;'>", "<!ATTLIST url a CDATA 'x'>"}) {
    const Reading r = read_all("<!DOCTYPE urlset [" + declarations + "]>\n<urlset><url><loc>&a;</loc></url></urlset>");
    EXPECT_EQ(r.error,
              "the sitemap is broken in line 1: a document type with declarations of its own, <!DOCTYPE … [ … ]>");
    EXPECT_TRUE(r.rows.urls.empty());
  }
  EXPECT_THAT(
      read_all("<!DOCTYPE urlset SYSTEM 'urlset.dtd'><urlset><url><loc>http://a.com/</loc></url></urlset>").rows.urls,
      ElementsAre("http://a.com/"));
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

const std::string kBefore = "<urlset>\n<url><loc>http://a.com/</loc></url>\n";
const std::string kAfter = "\n<url><loc>http://b.com/</loc></url></urlset>";

TEST(Sitemap, ElementsNestSixtyFourDeep) {
  const std::string deepest = kBefore + repeated("<a>", 63) + repeated("</a>", 63) + kAfter;
  EXPECT_THAT(read_all(deepest).rows.urls, ElementsAre("http://a.com/", "http://b.com/"));
  const Reading r = read_all(kBefore + repeated("<a>", 64));
  EXPECT_EQ(r.error, "the sitemap is broken in line 3: elements nested more than 64 deep");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/"));
}

/// Everything of which a writer chooses the length, with that length.
std::vector<std::string> tokens(std::size_t size) {
  const std::string filling(size, 'x');
  return {"<!--" + filling + "-->",
          "<?p " + filling + "?>",
          "<" + filling + "/>",
          "<a b='" + filling + "'/>",
          "<a " + filling + "=''/>",
          "<a b=''" + std::string(size, ' ') + "/>",
          "<a></a" + std::string(size, ' ') + ">"};
}

TEST(Sitemap, ALongTagOrCommentIsReadWhateverItsPieces) {
  for (const std::string& token : tokens(XmlReader::kMaxToken - 100))
    for (const std::size_t piece : {std::size_t{64}, std::size_t{64 * 1024}, std::string_view::npos}) {
      const Reading r = read_all(kBefore + token + kAfter, Format::kAuto, piece);
      EXPECT_EQ(r.error, "") << token.substr(0, 10);
      EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/", "http://b.com/")) << token.substr(0, 10);
    }
}

TEST(Sitemap, ATagOrCommentOfMoreThanAMebibyteIsAnError) {
  for (const std::string& token : tokens(XmlReader::kMaxToken + 200))
    for (const std::size_t piece : {std::size_t{64}, std::size_t{64 * 1024}, std::string_view::npos}) {
      const Reading r = read_all(kBefore + token + kAfter, Format::kAuto, piece);
      EXPECT_EQ(r.error, "the sitemap is broken in line 3: a tag or comment longer than 1 MiB") << token.substr(0, 10);
      EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/"));
    }
}

TEST(Sitemap, NamesWithoutEndDoNotTakeMemoryWithoutEnd) {
  std::string xml = kBefore;
  for (int i = 0; i < 400'000; ++i) xml += "<n" + std::to_string(i) + "/>";
  const Reading r = read_all(xml + kAfter);
  EXPECT_EQ(r.error, "the sitemap is broken in line 3: too many different names of elements");
  EXPECT_THAT(r.rows.urls, ElementsAre("http://a.com/"));
}

TEST(Sitemap, AnAmpersandThatBeginsNoReferenceStandsForItself) {
  const std::string xml =
      "<urlset><!-- & <![CDATA[ --><?p & ?>"
      "<url><loc>http://a.com/?a=1&b=2&amp;c=3</loc></url>"
      "<url><loc>http://a.com/?&nbsp;&#0;&#xD800;&;&#;&#x;&amp</loc></url>"
      "<url><loc><![CDATA[http://a.com/?a=1&b=2&amp;c]]]]><![CDATA[>]]></loc></url>"
      "<url><loc>http://a.com/?&#38;&#x26;&#00000038;&lt;&gt;&quot;&apos;&#228;</loc></url>"
      "<url a='&' b='&b;'><loc>http://b.com/</loc></url></urlset>";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::string_view::npos}) {
    const Reading r = read_all(xml, Format::kAuto, piece);
    EXPECT_EQ(r.error, "");
    EXPECT_THAT(r.rows.texts, ElementsAre("http://a.com/?a=1&b=2&c=3", "http://a.com/?&nbsp;&#0;&#xD800;&;&#;&#x;&amp",
                                          "http://a.com/?a=1&b=2&amp;c]]>", "http://a.com/?&&&<>\"'ä", "http://b.com/"))
        << piece;
  }
}

TEST(Sitemap, InUtf16IsRefusedAlsoWithoutByteOrderMark) {
  for (const std::string& xml : {std::string("<\0u\0", 4), std::string("\0<\0u", 4)})
    EXPECT_EQ(read_all(xml).error, "the list is UTF-16: save it as UTF-8");
}

TEST(Sitemap, WhatComesBeforeASourceBreaksIsRead) {
  CollectingSink rows;
  const std::string xml = kBefore + "<url><loc>http://c";
  BreakingSource source(xml);
  const Result<Summary> result = read_list(source, Format::kAuto, rows);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.message(), "the peer hung up (after line 3)");
  EXPECT_THAT(rows.urls, ElementsAre("http://a.com/"));
}

}  // namespace
}  // namespace wswp::list
