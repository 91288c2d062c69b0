#include "crawl/page_reader.h"

#include <gtest/gtest.h>

namespace wswp::crawl {
namespace {

class PageReaderTest : public testing::Test {
 protected:
  PageReader::Read read(std::string_view content_type, std::string_view body, bool want_links = true) {
    return read(net::ResponseHead{.content_type = content_type}, body, want_links);
  }
  PageReader::Read read(const net::ResponseHead& head, std::string_view body, bool want_links = true) {
    reader_.begin(head, want_links, 0);
    if (!body.empty()) reader_.feed(body);
    return reader_.finish();
  }

  PageReader::Read read_in_pieces(std::string_view content_type, std::string_view body, std::size_t size) {
    reader_.begin({.content_type = content_type}, true, 0);
    for (; !body.empty(); body.remove_prefix(std::min(size, body.size()))) reader_.feed(body.substr(0, size));
    return reader_.finish();
  }

  ScannerPool scanners_;
  PageReader reader_{scanners_, "wswp"};
};

TEST_F(PageReaderTest, KeepsTitleEncodingAndLinksOfHtml) {
  const auto result = read("text/html; charset=UTF-8", "<title>A &amp; B</title><a href=/x>x</a>");
  EXPECT_EQ(result.content_type, "text/html");
  EXPECT_EQ(result.page.encoding, "utf-8");
  EXPECT_EQ(result.page.title, "A & B");
  ASSERT_EQ(result.page.links.size(), 1U);
}

TEST_F(PageReaderTest, FindsNoLinksWhereNoneAreWanted) {
  EXPECT_TRUE(read("text/html", "<a href=/x>x</a>", false).page.links.empty());
}

TEST_F(PageReaderTest, FindsNoLinksWhereTheHeaderForbidsToFollowThem) {
  const auto result = read({.content_type = "text/html", .x_robots_tag = "nofollow"}, "<a href=/x>x</a>");
  EXPECT_TRUE(result.page.links.empty());
  EXPECT_TRUE(result.page.robots_nofollow);
}

TEST_F(PageReaderTest, SniffsABodyWithoutAType) {
  EXPECT_EQ(read("", "<!doctype html><title>t</title>").page.title, "t");
  EXPECT_EQ(read("", "\x89PNG\r\n<title>t</title>").page.title, "");
}

// https://mimesniff.spec.whatwg.org/#reading-the-resource-header
TEST_F(PageReaderTest, ABodyWithoutATypeIsToldByItsFirst1445BytesHoweverTheyCome) {
  const std::string page = "\n <!DOCTYPE HTML><title>t</title><a href=/x>x</a>";
  for (const std::string_view type : {"", "*/*", "html", "unknown/unknown", "Application/Unknown;x=y"}) {
    for (std::size_t size = 1; size <= page.size(); ++size) {
      const auto result = read_in_pieces(type, page, size);
      EXPECT_EQ(result.page.title, "t") << type << size;
      EXPECT_EQ(result.page.links.size(), 1U) << type << size;
    }
  }
  const std::string blanks(1444, ' ');
  EXPECT_EQ(read_in_pieces("", blanks + "<!--", 100).page.encoding, "") << "what decides is beyond them";
  EXPECT_EQ(read_in_pieces("", blanks.substr(4) + "<!--", 100).page.encoding, "utf-8");
}

TEST_F(PageReaderTest, AShortBodyWithoutATypeIsToldAtItsEnd) {
  EXPECT_EQ(read("", "<b").page.encoding, "") << "no HTML";
  EXPECT_EQ(read("", "<b>").page.encoding, "utf-8");
  EXPECT_EQ(read("", "").page.encoding, "");
  EXPECT_EQ(read("text/html", "<b").page.encoding, "utf-8");
}

TEST_F(PageReaderTest, OfSeveralTypesTheLastCounts) {
  EXPECT_EQ(read("image/png, text/html;charset=gbk, */*", "<title>t</title>").page.title, "t");
  EXPECT_EQ(read("image/png, text/html;charset=gbk, */*", "<title>t</title>").page.encoding, "gbk");
  EXPECT_EQ(read("text/html, text/plain", "<title>t</title>").content_type, "text/plain");
}

TEST_F(PageReaderTest, OfOtherTypesOnlyTheDeclaredCharset) {
  const auto result = read("Text/Plain; charset=\"KOI8-R\"", "<title>t</title>");
  EXPECT_EQ(result.content_type, "text/plain");
  EXPECT_EQ(result.page.title, "");
  EXPECT_EQ(result.page.encoding, "koi8-r");
}

TEST_F(PageReaderTest, OnePageLeavesNothingToTheNext) {
  read("text/html", "<title>one</title><a href=/1>");
  EXPECT_EQ(read("text/html", "").page.title, "");
  const auto nothing = reader_.finish();
  EXPECT_EQ(nothing.content_type, "");
}

TEST_F(PageReaderTest, TheHeaderHasLinksOfItsOwnWhateverTheBodyIs) {
  const auto result =
      read({.content_type = "application/pdf", .link = "</a>; rel=canonical", .refresh = "0; url=/b"}, "%PDF-1.4");
  ASSERT_EQ(result.header_links.size(), 2U);
  EXPECT_EQ(result.header_links[0].href, "/a");
  EXPECT_EQ(result.header_links[1].href, "/b");
  EXPECT_TRUE(result.has_links());
  EXPECT_FALSE(read("application/pdf", "%PDF-1.4").has_links()) << "they are of that response alone";
}

TEST_F(PageReaderTest, TheHeaderForbidsToFollowAsThePageDoes) {
  EXPECT_TRUE(read({.content_type = "text/html", .x_robots_tag = "nofollow"}, "<a href=/x>x</a>").page.robots_nofollow);
  EXPECT_TRUE(read({.content_type = "text/html", .x_robots_tag = "wswp: noindex"}, "<p>").page.robots_noindex);
  EXPECT_FALSE(read({.content_type = "text/html", .x_robots_tag = "other: none"}, "<p>").page.robots_nofollow);
  EXPECT_TRUE(read("text/html", "<meta name=robots content=nofollow>").page.robots_nofollow);
  EXPECT_FALSE(read("text/html", "<p>").page.robots_nofollow) << "it is of that response alone";
}

TEST_F(PageReaderTest, TheHeaderIsNotAskedWhereNoLinksAreWanted) {
  EXPECT_TRUE(read({.content_type = "text/html", .link = "</a>; rel=next"}, "<p>", false).header_links.empty());
}

}  // namespace
}  // namespace wswp::crawl
