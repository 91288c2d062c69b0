#include "crawl/page_reader.h"

#include <gtest/gtest.h>

namespace wswp::crawl {
namespace {

class PageReaderTest : public testing::Test {
 protected:
  PageReader::Read read(std::string_view content_type, std::string_view body, bool want_links = true) {
    reader_.begin(content_type, want_links);
    if (!body.empty()) reader_.feed(body);
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

TEST_F(PageReaderTest, SniffsABodyWithoutAType) {
  EXPECT_EQ(read("", "<!doctype html><title>t</title>").page.title, "t");
  EXPECT_EQ(read("", "\x89PNG\r\n<title>t</title>").page.title, "");
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

}  // namespace
}  // namespace wswp::crawl
