// https://www.sitemaps.org/protocol.html
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collecting_sink.h"
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

TEST(Sitemap, EntitiesThatExplodeAreAnError) {
  std::string xml = "<!DOCTYPE urlset [<!ENTITY a0 'http://a.com/'>";
  for (int i = 1; i < 30; ++i) {
    const std::string inner = "&a" + std::to_string(i - 1) + ";";
    xml += "<!ENTITY a" + std::to_string(i) + " '" + inner + inner + inner + inner + "'>";
  }
  EXPECT_THAT(read_all(xml + "]><urlset><url><loc>&a29;</loc></url></urlset>").error, HasSubstr("amplification"));
}

}  // namespace
}  // namespace wswp::list
