#include "url/document_base.h"

#include <gtest/gtest.h>

#include <string>

namespace wswp::url {
namespace {

/// Where `link` leads from http://a.org/dir/page, "none" if nowhere.
std::string leads(std::string_view link, std::optional<std::string_view> base_href = std::nullopt) {
  const Url page = *parse("http://a.org/dir/page");
  const DocumentBase base(page, base_href);
  Url out;
  return base.resolve(link, out) ? out.href() : "none";
}

TEST(DocumentBase, IsThePageWhereThereIsNone) {
  EXPECT_EQ(leads("x"), "http://a.org/dir/x");
}

TEST(DocumentBase, IsRelativeToThePageItself) {
  EXPECT_EQ(leads("x", "/other/"), "http://a.org/other/x");
  EXPECT_EQ(leads("x", "//b.org"), "http://b.org/x");
  EXPECT_EQ(leads("x", ""), "http://a.org/dir/x");
  EXPECT_EQ(leads("/x", "https://b.org/y/z"), "https://b.org/x");
}

TEST(DocumentBase, CountsForNothingWhereItIsNoUrl) {
  EXPECT_EQ(leads("x", "http://"), "http://a.org/dir/x");
  EXPECT_EQ(leads("x", "data:text/html,"), "http://a.org/dir/x");
  EXPECT_EQ(leads("x", " JavaScript:void(0)"), "http://a.org/dir/x");
  EXPECT_EQ(leads("x", "java\nscript:"), "http://a.org/dir/x");
}

TEST(DocumentBase, OfAnotherSchemeLeavesAbsoluteLinksOnly) {
  EXPECT_EQ(leads("x", "file:///C:/saved/"), "none");
  EXPECT_EQ(leads("//b.org/x", "ftp://a.org/"), "none");
  EXPECT_EQ(leads("https://b.org/x", "file:///C:/saved/"), "https://b.org/x");
}

}  // namespace
}  // namespace wswp::url
