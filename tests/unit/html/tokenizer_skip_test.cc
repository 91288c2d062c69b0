// That passing over tags is reading them: what is delivered is compared with what the states of the standard deliver.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "html/document_context.h"
#include "html/tokenizer.h"
#include "unit/html/written_tag.h"

namespace wswp::html {
namespace {

// Writes down what matters while plain tags do not, as PageScanner asks for it: "<name a=1/>", and "|" for a gap.
class Reader final : public TokenSink {
 public:
  explicit Reader(bool skips) : skips_(skips) { ask(); }

  TokenizerMode on_start_tag(const Tag& tag) override {
    const TokenizerMode mode = context_.start_tag(tag);
    ask();
    if (!is_plain(tag.id())) written_ += written_tag(tag);
    return mode;
  }
  void on_end_tag(std::string_view name) override {
    context_.end_tag(name);
    ask();
  }
  void on_text(std::string_view /*raw*/, TextKind /*kind*/) override {}
  void on_gap() override { written_ += "|"; }
  bool in_foreign_content() const override { return context_.in_foreign_content(); }

  std::string read(std::string_view page, std::size_t chunk_size) {
    for (std::size_t i = 0; i < page.size(); i += chunk_size) {
      // In memory of its own, so that a sanitizer sees what is read outside the chunk.
      const std::string_view chunk = page.substr(i, chunk_size);
      const std::vector<char> copy(chunk.begin(), chunk.end());
      tokenizer_.feed({copy.data(), copy.size()});
    }
    tokenizer_.finish();
    return written_;
  }

 private:
  void ask() { tokenizer_.want_plain_tags(!skips_ || context_.needs_plain_tags()); }

  const bool skips_;
  DocumentContext context_;
  Tokenizer tokenizer_{*this};
  std::string written_;
};

std::string in_states(std::string_view page) {
  return Reader(false).read(page, page.size() + 1);
}

// With all of the page at once, where tags are passed over, and in chunks in which some are cut.
std::string skipping(std::string_view page) {
  std::string whole = Reader(true).read(page, page.size() + 1);
  for (const std::size_t chunk_size : {1U, 7U, 19U, 40U, 101U}) {
    EXPECT_EQ(Reader(true).read(page, chunk_size), whole) << "in chunks of " << chunk_size << ": " << page;
  }
  return whole;
}

// Each would end elsewhere if a '>', a quote or an '=' were taken for what it mostly is. The <a> inside is seen or not.
TEST(TokenizerSkip, TheEndOfATag) {
  // Long enough for steps of any size; with quotes of both kinds, as one that is taken wrongly needs another.
  const std::string rest = "<a href=1><i title=\"a\">b</i><b id='c'></b> " + std::string(100, 'x') +
                           "<p>\"'\"'<a href=3>" + std::string(100, 'x');
  for (const std::string_view tag : {
           "<p>",
           "<p title=\"<a href=0>\">",
           "<p title='<a href=0>' id=\"<a href=2>\">",
           "<p title = \"<a href=0>\">",
           "<p title= \"<a href=0>\">",
           "<p title=\"<a href=0>\"id='<a href=2>'>",
           "<p title=x\"<a href=0>\">",
           "<p title=x=\"<a href=0>\">",
           "<p title=\"a\"=\"<a href=0>\">",
           "<p =\"<a href=0>\">",
           "<p=\"<a href=0>\">",
           "<p/=\"<a href=0>\">",
           "<p a/=\"<a href=0>\">",
           "<p a/ =\"<a href=0>\">",
           "<p a\"b=\"<a href=0>\">",
           "<p a=b/=\"<a href=0>\">",
           "<p ==\"<a href=0>\">",
           "<p \"<a href=0>\">",
           "<p '>\"<a href=0>\">",
           "<p title=><a href=0>\">",
           "<p title=/><a href=0>",
           "<p title=\"'<a href=0>\" lang='\"<a href=2>'/>",
           "<p\x01=\"<a href=0>\">",
           "<p\f=\"<a href=0>\">",
           "<p\v=\"<a href=0>\">",
           "<p a\x01=\"<a href=0>\">",
           "</p title=\"<a href=0>\">",
           "</p=\"<a href=0>\">",
           "</a/b=\"<a href=0>\">",
           "</ <a href=0>\">",
           "</><a href=0>",
           "<blockquote cite='<a href=0>'>",
           "<a-name-that-takes-more-than-a-vector title='<a href=0>'>",
           "<p=\"a b=\"<a href=0>\">",
           "<p=\"a b= \"<a href=0>\">",
           "<p=\"a b='c\" d><a href=0>'>",
           "<p=\"a b= '\" d><a href=0>'>",
           "<p =\"a b=\"<a href=0>\">",
           "<p a=b=\"c d=\"<a href=0>\">",
           "<p a=b=\"c d=' \"<a href=0>'>",
           "<p a=\"b\" c=\"it's\" d='e'><a href=0>'>",
           "<p a=\"=\" b=\" \" c=\"\" d=\"<a href=0>\">",
           "<p a><a href=0> > <a href=2>",
           "<p <a href=0>",
           "<p a=\"<\"><a href=0>",
           "<LinK title=\"<a href=0>\"><area><BASE><x/y><li title=\"<a href=0>\">",
           "<1><a href=0><@ \"><a href=2>\"></1><a href=4>",
       }) {
    for (std::size_t before = 0; before < 70; ++before) {
      const std::string page = std::string(before, 'x') + " text " + std::string(tag) + " text" + rest;
      EXPECT_EQ(Reader(true).read(page, page.size()), in_states(page)) << page;
    }
    const std::string page = "text " + std::string(tag) + " text" + rest;
    EXPECT_EQ(skipping(page), in_states(page)) << page;
  }
}

// So that steps of any size lie in them as a whole.
TEST(TokenizerSkip, LongValues) {
  const std::string filling(150, 'y');
  for (const std::string quote : {"\"", "'"}) {
    for (const std::string_view inner : {"> <a href=0> ", "<a href=0>", "< ", "=", " "}) {
      for (std::size_t before = 0; before < 140; ++before) {
        const std::string value = std::string(before, 'x') + std::string(inner) + filling;
        const std::string page = "<p title=" + quote + value + quote + "><a href=1>" + filling;
        EXPECT_EQ(Reader(true).read(page, page.size()), "<a href=1>") << page;
      }
    }
  }
}

TEST(TokenizerSkip, InsideSvgAndTemplateAllTagsMatter) {
  const std::string page = "<svg><p><a href=1></svg></p><template><div><a href=2></div></template><em><a href=3></em>";
  EXPECT_EQ(skipping(page), "<svg><a href=1><template><a href=2><a href=3>");
}

// Markup as it should be, and here and there a piece that it should not have.
TEST(TokenizerSkip, RandomMarkupThatIsMostlyInOrder) {
  static const std::vector<std::string_view> kTags = {"<p", "<span", "<li", "<DIV", "</p", "</a", "<a", "<link", "<b"};
  static const std::vector<std::string_view> kAttributes = {
      " class=\"c d\"", " id=\"i\"", " title=\"it's\"", " alt=\"\"", " hidden", " href=\"/a?b=c\"", "\n lang=\"x-y\""};
  static const std::vector<std::string_view> kOdd = {"\"",     "'",       "=",        "=\"", "='", " =\"",
                                                     "= \"",   " a=b=\"", " a=' b='", "<",   ">",  "=\"\" ",
                                                     "=\"=\"", " a='>'",  " a=\">\"", "/",   "=x"};
  std::mt19937 random(11);
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  for (int turn = 0; turn < 20'000; ++turn) {
    std::string page;
    const auto now_and_then_odd = [&] {
      if (below(25) == 0) page += kOdd[below(kOdd.size())];
    };
    for (std::size_t left = below(30); left > 0; --left) {
      page += std::string(below(20), 'x') + std::string(kTags[below(kTags.size())]);
      now_and_then_odd();
      for (std::size_t attributes = below(3); attributes > 0; --attributes) {
        page += kAttributes[below(kAttributes.size())];
        now_and_then_odd();
      }
      page += '>';
    }
    ASSERT_EQ(Reader(true).read(page, page.size() + 1), in_states(page)) << page;
    ASSERT_EQ(Reader(true).read(page, 99), in_states(page)) << "in chunks of 99: " << page;
  }
}

TEST(TokenizerSkip, RandomMarkup) {
  using namespace std::string_view_literals;
  static const std::vector<std::string_view> kPieces = {
      "<p",         "<DIV",    "<a",      "<svg",      "</svg",     "</p",        "</a",
      "<title",     "</title", "<script", "</script",  "<textarea", "</textarea", "<template",
      "</template", "<br",     "<li",     "<h1",       "<span",     "<iframe",    "</iframe",
      " href",      " class",  " t",      "=",         "=",         "=",          "\"",
      "\"",         "'",       "'",       ">",         ">",         ">",          ">",
      "/",          "/>",      " ",       "\n",        "\t",        "x",          "some text of a page",
      "<",          "<!--",    "-->",     "<!x",       "<?",        "&lt;",       "\x01",
      "\xE9",       "=\"v\"",  "='w'",    " id=\"i\"", ">\n<",      "\0"sv};
  std::mt19937 random(7);
  std::uniform_int_distribution<std::size_t> piece(0, kPieces.size() - 1);
  std::uniform_int_distribution<int> length(1, 60);
  for (int turn = 0; turn < 20'000; ++turn) {
    std::string page;
    for (int left = length(random); left > 0; --left) page += kPieces[piece(random)];
    ASSERT_EQ(Reader(true).read(page, page.size()), in_states(page)) << page;
    ASSERT_EQ(Reader(true).read(page, 33), in_states(page)) << "in chunks of 33: " << page;
  }
}

}  // namespace
}  // namespace wswp::html
