#include "html/tag_id.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace wswp::html {
namespace {

TEST(TagId, NamesInAnyCase) {
  EXPECT_EQ(tag_id("a"), TagId::kA);
  EXPECT_EQ(tag_id("ForeignObject"), TagId::kForeignObject);
  EXPECT_EQ(tag_id("foreignobjects"), TagId::kOther);
  EXPECT_EQ(tag_id("TEXTAREA"), TagId::kTextarea);
  EXPECT_EQ(tag_id("Div"), TagId::kBreakout);
  EXPECT_EQ(tag_id("section"), TagId::kOther);
}

TEST(TagId, PlainNamesAreThoseWithAPlainId) {
  std::string long_name = "a";
  for (; long_name.size() < 70; long_name += 'a') {
    EXPECT_EQ(is_plain_name(long_name), is_plain(tag_id(long_name))) << long_name;
  }
  for (const std::string_view name : {"a",
                                      "area",
                                      "base",
                                      "frame",
                                      "iframe",
                                      "link",
                                      "meta",
                                      "title",
                                      "noembed",
                                      "noframes",
                                      "plaintext",
                                      "script",
                                      "style",
                                      "textarea",
                                      "xmp",
                                      "template",
                                      "svg",
                                      "math",
                                      "foreignobject",
                                      "desc",
                                      "mi",
                                      "mtext",
                                      "annotation-xml",
                                      "font",
                                      "b",
                                      "body",
                                      "div",
                                      "h1",
                                      "span",
                                      "table",
                                      "section",
                                      "A",
                                      "Title",
                                      "SCRIPT",
                                      "sVG",
                                      "Template",
                                      "LINK",
                                      "li",
                                      "LI",
                                      "p",
                                      "strong",
                                      "custom-element"}) {
    EXPECT_EQ(is_plain_name(name), is_plain(tag_id(name))) << name;
  }
}

}  // namespace
}  // namespace wswp::html
