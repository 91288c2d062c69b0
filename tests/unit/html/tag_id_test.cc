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

// Such a name is another one: the tokenizer's states put U+FFFD in the place of a NUL.
TEST(TagId, ANameThatEndsInNulIsNoOtherName) {
  using namespace std::string_view_literals;
  for (const std::string_view name :
       {"a\0"sv, "a\0\0"sv, "a\0\0\0\0\0\0\0"sv, "a\0\0\0\0\0\0\0\0"sv, "mi\0"sv, "b\0"sv, "svg\0"sv, "title\0"sv,
        "script\0\0"sv, "template\0"sv, "plaintext\0"sv, "\0"sv, "\0\0\0"sv}) {
    EXPECT_EQ(tag_id(name), TagId::kOther) << name.size() << " bytes: " << name;
    EXPECT_TRUE(is_plain_name(name)) << name.size() << " bytes: " << name;
  }
}

TEST(TagId, PlainNamesAreThoseWithAPlainId) {
  std::string long_name = "a";
  for (; long_name.size() < 70; long_name += 'a') {
    EXPECT_EQ(is_plain_name(long_name), is_plain(tag_id(long_name))) << long_name;
  }
  for (const std::string_view name :
       {"a",        "area",    "base",          "frame",         "frameset", "iframe", "link",     "meta",
        "title",    "noembed", "noframes",      "plaintext",     "script",   "style",  "textarea", "xmp",
        "template", "svg",     "math",          "foreignobject", "desc",     "mi",     "mtext",    "annotation-xml",
        "font",     "b",       "body",          "div",           "h1",       "span",   "table",    "section",
        "A",        "Title",   "SCRIPT",        "sVG",           "Template", "LINK",   "li",       "LI",
        "p",        "strong",  "custom-element"}) {
    EXPECT_EQ(is_plain_name(name), is_plain(tag_id(name))) << name;
  }
}

TEST(TagId, ThreeBytesTellWhatMayMatter) {
  for (const char* const after_less_than :
       {"a href", "A>",     "a\n",    "a/>", "AREA",     "base",     "link", "LINk",       "meta",
        "title",  "script", "style>", "svg", "template", "textarea", "xmp",  "!--",        "!DOCTYPE",
        "?xml",   "/>..",   "/ a",    "/1",  "<a",       "1a",       " a",   "\xC3\xA9..", "@x"}) {
    EXPECT_TRUE(may_matter(after_less_than)) << after_less_than;
  }
  for (const char* const after_less_than :
       {"p> ",  "P>",      "li>",  "LI class", "span", "strong",  "table", "td>", "div", "b> ",   "br>",
        "abbr", "article", "html", "/a>",      "/A>",  "/script", "/p>",   "ul>", "i> ", "footer"}) {
    EXPECT_FALSE(may_matter(after_less_than)) << after_less_than;
  }
}

}  // namespace
}  // namespace wswp::html
