#include "html/document_context.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace wswp::html {
namespace {

// Follows the tags of a page; says where it has ended up.
class Walker final : public TokenSink {
 public:
  explicit Walker(std::string_view html) {
    Tokenizer tokenizer(*this);
    tokenizer.feed(html);
    tokenizer.finish();
  }
  TokenizerMode on_start_tag(const Tag& tag) override { return context.start_tag(tag); }
  void on_end_tag(std::string_view name) override { context.end_tag(name); }
  void on_text(std::string_view /*raw*/, TextKind /*kind*/) override {}
  void on_gap() override {}
  bool in_foreign_content() const override { return context.in_foreign_content(); }

  DocumentContext context;
};

// Whether a start tag that comes next is one of SVG or MathML.
bool foreign_after(std::string_view html) {
  return !Walker(html).context.holds_html();
}
bool cdata_after(std::string_view html) {
  return Walker(html).context.in_foreign_content();
}
bool template_after(std::string_view html) {
  return Walker(html).context.in_template();
}

TEST(DocumentContext, SvgAndMathAreForeignUntilClosed) {
  EXPECT_FALSE(foreign_after("<p>"));
  EXPECT_TRUE(foreign_after("<svg><g>"));
  EXPECT_TRUE(foreign_after("<math>"));
  EXPECT_FALSE(foreign_after("<svg><g></svg>"));
  EXPECT_FALSE(foreign_after("<svg/>"));
  EXPECT_TRUE(foreign_after("<svg><svg></svg>"));
}

TEST(DocumentContext, HtmlStartTagsBreakOut) {
  EXPECT_FALSE(foreign_after("<svg><g><p>"));
  EXPECT_FALSE(foreign_after("<svg><math><div>"));
  EXPECT_TRUE(foreign_after("<svg><font>"));
  EXPECT_FALSE(foreign_after("<svg><font color=red>"));
  EXPECT_TRUE(foreign_after("<svg><a>"));
}

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign, the whole list, and what is not in it.
TEST(DocumentContext, TheStartTagsThatBreakOutAreThoseOfTheStandard) {
  for (const std::string name :
       {"b",     "big",   "blockquote", "body",   "br",   "center", "code",  "dd", "div",  "dl",   "dt",
        "em",    "embed", "h1",         "h2",     "h3",   "h4",     "h5",    "h6", "head", "hr",   "i",
        "img",   "li",    "listing",    "menu",   "meta", "nobr",   "ol",    "p",  "pre",  "ruby", "s",
        "small", "span",  "strong",     "strike", "sub",  "sup",    "table", "tt", "u",    "ul",   "var"}) {
    EXPECT_FALSE(foreign_after("<svg><g><" + name + '>')) << name;
    EXPECT_FALSE(foreign_after("<math><mrow><" + name + '>')) << name;
  }
  for (const std::string name : {"a", "area", "base", "frame", "iframe", "link", "script", "style", "title", "template",
                                 "textarea", "xmp", "section", "button", "td", "form", "input", "image", "noscript"}) {
    EXPECT_TRUE(foreign_after("<svg><g><" + name + "/>")) << name;
    EXPECT_TRUE(foreign_after("<math><mrow><" + name + "/>")) << name;
  }
}

TEST(DocumentContext, IntegrationPointsHoldHtml) {
  EXPECT_FALSE(foreign_after("<svg><foreignObject>"));
  EXPECT_TRUE(foreign_after("<svg><foreignObject><p></p></foreignObject>"));
  EXPECT_TRUE(foreign_after("<svg><foreignObject><p>a<p>b</p></foreignObject>")) << "a paragraph ends the one before";
  EXPECT_TRUE(foreign_after("<svg><foreignObject><br><img></foreignObject>"));
  EXPECT_FALSE(foreign_after("<svg><foreignObject><p></foreignObject>")) << "ignored in what is still open";
  EXPECT_FALSE(foreign_after("<svg><foreignObject></svg>"));
  EXPECT_FALSE(foreign_after("<svg><foreignObject><div></svg>")) << "ignored";
  EXPECT_TRUE(foreign_after("<svg><desc><b></b></desc>"));
  EXPECT_TRUE(foreign_after("<svg><desc><b><div></b></div></desc>")) << "formatting ends around a block";
  EXPECT_TRUE(foreign_after("<math><desc>"));
  EXPECT_FALSE(foreign_after("<math><mi>"));
  EXPECT_TRUE(foreign_after("<math><mi></mi>"));
  EXPECT_FALSE(foreign_after("<math><mi></mtext>")) << "another element";
  EXPECT_TRUE(foreign_after("<math><mi><mglyph>"));
  EXPECT_TRUE(foreign_after("<math><annotation-xml><svg>"));
  EXPECT_TRUE(foreign_after("<math><annotation-xml>"));
  EXPECT_FALSE(foreign_after("<math><annotation-xml encoding=text/HTML>"));
}

// https://html.spec.whatwg.org/multipage/parsing.html#markup-declaration-open-state
TEST(DocumentContext, AnIntegrationPointItselfIsForeign) {
  EXPECT_TRUE(cdata_after("<svg><foreignObject>"));
  EXPECT_FALSE(cdata_after("<svg><foreignObject><p>"));
  EXPECT_FALSE(cdata_after("<p>"));
}

TEST(DocumentContext, Templates) {
  EXPECT_TRUE(template_after("<template><template></template>"));
  EXPECT_FALSE(template_after("<template></template></template>"));
  EXPECT_FALSE(template_after("<svg><template>"));
}

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign, "any other end tag"
TEST(DocumentContext, EndTagsOfHtmlCloseForeignContentLeftOpen) {
  EXPECT_FALSE(foreign_after("<div><svg><g></div>"));
  EXPECT_FALSE(foreign_after("<svg></p>"));
  EXPECT_FALSE(foreign_after("<math><mrow></br>"));
  EXPECT_FALSE(foreign_after("<a><svg><path></a>"));
  EXPECT_TRUE(foreign_after("<svg><a></a>"));
  EXPECT_TRUE(foreign_after("<svg></path></g>"));
  EXPECT_TRUE(foreign_after("<svg></body></html>"));
  EXPECT_FALSE(foreign_after("<section><svg></section>"));
  EXPECT_FALSE(foreign_after("<li><math><mrow></li>"));
  EXPECT_FALSE(foreign_after("<div><svg><desc></div>")) << "out of the scope of the end tag";
}

TEST(DocumentContext, TheEndOfATemplateClosesWhatIsOpenInIt) {
  EXPECT_FALSE(template_after("<template><svg></template>"));
  EXPECT_FALSE(foreign_after("<template><svg></template>"));
  EXPECT_FALSE(template_after("<template><svg><foreignObject></template>"));
  EXPECT_TRUE(foreign_after("<svg><foreignObject><template></svg></template></foreignObject>"));
  EXPECT_TRUE(template_after("<template><math><p></math>"));
}

TEST(DocumentContext, DepthIsBounded) {
  std::string html = "<svg>";
  for (int i = 0; i < 100; ++i) html = "<svg>" + html + "</svg>";
  EXPECT_TRUE(foreign_after(html));
  EXPECT_FALSE(foreign_after(html + "</svg>"));
  html.clear();
  for (std::size_t i = 0; i < 2 * DocumentContext::kMaxDepth; ++i) html += "<svg>";
  EXPECT_TRUE(foreign_after(html));
  for (std::size_t i = 0; i < DocumentContext::kMaxDepth; ++i) html += "</svg>";
  EXPECT_FALSE(foreign_after(html));
}

TEST(TagId, AnyCaseAndLength) {
  EXPECT_EQ(tag_id("a"), TagId::kA);
  EXPECT_EQ(tag_id("AREA"), TagId::kArea);
  EXPECT_EQ(tag_id("Svg"), TagId::kSvg);
  EXPECT_EQ(tag_id("noframes"), TagId::kNoframes);
  EXPECT_EQ(tag_id("ForeignObject"), TagId::kForeignObject);
  EXPECT_EQ(tag_id("foreignobjecT2"), TagId::kOther);
  EXPECT_EQ(tag_id("annotation"), TagId::kOther);
  EXPECT_EQ(tag_id("abbr"), TagId::kOther);
  EXPECT_EQ(tag_id(""), TagId::kOther);
  EXPECT_EQ(tag_id("\xC1"), TagId::kOther);
}

}  // namespace
}  // namespace wswp::html
