#include "html/tokenizer.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "html/ascii.h"
#include "html/document_context.h"
#include "unit/html/written_tag.h"

namespace wswp::html {
namespace {

// Writes tokens down as "<name a=1 b=2/>", "</name>", "text" and "|" for a gap, reading as DocumentContext says.
class Recorder final : public TokenSink {
 public:
  TokenizerMode on_start_tag(const Tag& tag) override {
    written += written_tag(tag);
    return context.start_tag(tag);
  }
  void on_end_tag(std::string_view name) override {
    written += "</" + lower_copy(name) + ">";
    context.end_tag(name);
  }
  void on_text(std::string_view raw, TextKind /*kind*/) override { written += raw; }
  void on_gap() override { written += "|"; }
  bool in_foreign_content() const override { return context.in_foreign_content(); }

  std::string written;
  DocumentContext context;
};

std::string tokenize(std::string_view page, std::size_t chunk_size) {
  Recorder recorder;
  Tokenizer tokenizer(recorder);
  tokenizer.want_text(true);
  for (std::size_t i = 0; i < page.size(); i += chunk_size) tokenizer.feed(page.substr(i, chunk_size));
  tokenizer.finish();
  return recorder.written;
}

// Whole, and the same in chunks of any size.
std::string tokens(std::string_view page) {
  std::string whole = tokenize(page, page.size() + 1);
  for (std::size_t chunk_size = 1; chunk_size <= page.size() && chunk_size < 70; ++chunk_size) {
    EXPECT_EQ(tokenize(page, chunk_size), whole) << "in chunks of " << chunk_size;
  }
  return whole;
}

// 13.2.5.6 to 13.2.5.8, tag open to tag name.
TEST(Tokenizer, TagOpen) {
  EXPECT_EQ(tokens("a<b>c</B>d"), "a<b>c</b>d");
  EXPECT_EQ(tokens("1 < 2 <3 <"), "1 < 2 <3 <");
  EXPECT_EQ(tokens("a</>b</ c>d</"), "a|b|d</");
  EXPECT_EQ(tokens("a<?php echo '>"), "a|");
  EXPECT_EQ(tokens("<<a>"), "<<a>");
  EXPECT_EQ(tokens("<a<b>"), "<a<b>");
}

TEST(Tokenizer, TagCutByTheEndOfThePageIsNone) {
  EXPECT_EQ(tokens("x<a href=y"), "x");
  EXPECT_EQ(tokens("x<a href='y>"), "x");
  EXPECT_EQ(tokens("x</a"), "x");
}

// 13.2.5.32 to 13.2.5.40, attributes.
TEST(Tokenizer, AttributeForms) {
  EXPECT_EQ(tokens(R"(<a HREF="x y" b='"' c=d e>)"), R"(<a href=x y b=" c=d e=>)");
  EXPECT_EQ(tokens("<a\thref\n=\f\r x  y = z>"), "<a href=x y=z>");
  EXPECT_EQ(tokens("<a b=>c"), "<a b=>c");
  EXPECT_EQ(tokens("<a =b=c>"), "<a =b=c>");
  EXPECT_EQ(tokens(R"(<a b="c"d=e"f>)"), R"(<a b=c d=e"f>)");
  EXPECT_EQ(tokens("<a href=/x/>"), "<a href=/x/>");
  EXPECT_EQ(tokens(R"(<a title="1>0" href=x>)"), "<a title=1>0 href=x>");
}

TEST(Tokenizer, SelfClosing) {
  EXPECT_EQ(tokens("<br/><br / ><a/b/>"), "<br/><br><a b=/>");
}

TEST(Tokenizer, FirstOfRepeatedAttributesIsFound) {
  class First final : public TokenSink {
   public:
    TokenizerMode on_start_tag(const Tag& tag) override {
      href = tag.find("href").value_or("none");
      return TokenizerMode::kData;
    }
    void on_end_tag(std::string_view /*name*/) override {}
    void on_text(std::string_view /*raw*/, TextKind /*kind*/) override {}
    void on_gap() override {}
    bool in_foreign_content() const override { return false; }
    std::string href;
  } sink;
  Tokenizer tokenizer(sink);
  tokenizer.feed("<a class=c HREF=1 href=2>");
  EXPECT_EQ(sink.href, "1");
}

// 13.2.5.43 to 13.2.5.52.
TEST(Tokenizer, CommentEnds) {
  EXPECT_EQ(tokens("a<!-- <b> -- > --!x --> c"), "a| c");
  EXPECT_EQ(tokens("a<!-->b<!--->c<!---->d<!--x--!>e"), "a|b|c|d|e");
  EXPECT_EQ(tokens("a<!-- <!-- -->b"), "a|b");
  EXPECT_EQ(tokens("a<!---!>b-->c"), "a|c");
  EXPECT_EQ(tokens("a<!-- b > -"), "a");
}

TEST(Tokenizer, DeclarationsEndAtTheFirstGreaterThan) {
  EXPECT_EQ(tokens("<!DOCTYPE html PUBLIC \"a>b\">c"), "|b\">c");
  EXPECT_EQ(tokens("<!ELEMENT br EMPTY>a<!>b<!->c"), "|a|b|c");
}

TEST(Tokenizer, CdataOnlyInForeignContent) {
  EXPECT_EQ(tokens("<![CDATA[<a>]]>"), "|]]>");
  EXPECT_EQ(tokens("<svg><![CDATA[<a>]] ]]]></svg>"), "<svg>|<a>]] ]|</svg>");
  EXPECT_EQ(tokens("<svg><!-CDATA[<a>"), "<svg>|");
  EXPECT_EQ(tokens("<svg><![CDATA[x]]"), "<svg>|x]]");
}

// 13.2.5.9 to 13.2.5.14.
TEST(Tokenizer, RawTextEndsAtItsOwnEndTagOnly) {
  EXPECT_EQ(tokens("<title><b></titl></titleX></TITLE x=1>c"), "<title><b></titl></titleX></title>c");
  EXPECT_EQ(tokens("<style><a></style><a>"), "<style><a></style><a>");
  EXPECT_EQ(tokens("<iframe><a></iframe\n><a>"), "<iframe><a></iframe><a>");
  EXPECT_EQ(tokens("<textarea></text</"), "<textarea></text</");
  EXPECT_EQ(tokens("<plaintext></plaintext><a>"), "<plaintext></plaintext><a>");
  EXPECT_EQ(tokens("<noscript><a></noscript>"), "<noscript><a></noscript>");
}

// 13.2.5.15 to 13.2.5.31.
TEST(Tokenizer, ScriptData) {
  EXPECT_EQ(tokens("<script>'<a>' </scrip></script><a>"), "<script>'<a>' </scrip></script><a>");
  EXPECT_EQ(tokens("<script><!-- </script><a>"), "<script><!-- </script><a>");
  EXPECT_EQ(tokens("<script><!--<script></script><a></script><b>"), "<script><!--<script></script><a></script><b>");
  EXPECT_EQ(tokens("<script><!--<script>--></script><i>"), "<script><!--<script>--></script><i>");
  EXPECT_EQ(tokens("<script><!--><script></script><i>"), "<script><!--><script></script><i>");
  EXPECT_EQ(tokens("<script><!--<scripty></script><i>"), "<script><!--<scripty></script><i>");
}

TEST(Tokenizer, TagsOverTheLimitLoseTheirLateAttributes) {
  const std::string filler(Tokenizer::kMaxTagBytes, 'x');
  const std::string page = "<a b=1 c=\"" + filler + ">\" d=2><e f=3></" + filler + "y>z";
  const std::string expected = "<a b=1><e f=3></" + filler.substr(1) + ">z";
  for (const std::size_t chunk_size : {std::size_t{1}, std::size_t{1000}, page.size()}) {
    EXPECT_EQ(tokenize(page, chunk_size), expected) << "in chunks of " << chunk_size;
  }
}

TEST(Tokenizer, TagsKeepTheirFirstAttributes) {
  std::string page = "<a";
  for (std::size_t i = 0; i < 2 * Tokenizer::kMaxAttributes; ++i) page += " b";
  const std::string written = tokenize(page + ">", page.size() + 1);
  EXPECT_EQ(written.size(),
            std::string_view("<a>").size() + Tokenizer::kMaxAttributes * std::string_view(" b=").size());
}

// Each of these was chosen to make a careless tokenizer go back over its input; here they only have to end.
TEST(Tokenizer, HostilePagesInSmallChunksTakeLinearTime) {
  constexpr std::size_t kSize = std::size_t{1} << 20U;
  for (const std::string_view unit : {"<", "</", "<!--", "<!-- >", "<a '>' ", "<a b=\">", "<script><!--<script>", "</x",
                                      "<title></titl", "<svg><![CDATA[]]", "<a/", "&#0", "-->"}) {
    std::string page;
    while (page.size() < kSize) page += unit;
    EXPECT_LE(tokenize(page, 3).size(), 3 * page.size()) << unit;
  }
}

}  // namespace
}  // namespace wswp::html
