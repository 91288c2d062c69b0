#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "html/page_scanner.h"

namespace wswp::html {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Page page_of(std::string_view html, std::size_t chunk_size) {
  PageScanner scanner;
  for (std::size_t i = 0; i < html.size(); i += chunk_size) scanner.feed(html.substr(i, chunk_size));
  return scanner.finish();
}

std::vector<std::string> hrefs(std::string_view html) {
  const auto found = [html](std::size_t chunk_size) {
    std::vector<std::string> out;
    for (const Link link : page_of(html, chunk_size).links) out.emplace_back(link.href);
    return out;
  };
  EXPECT_EQ(found(1), found(html.size() + 1)) << html;
  return found(1);
}

// https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inframeset
TEST(FramesetState, OfAPageOfFramesOnlyFramesCount) {
  EXPECT_THAT(hrefs("<title>t</title><frameset><frame src=1><a href=x><frameset cols=2><frame src=2></frameset>"
                    "<iframe src=x></iframe><base href=x><link rel=next href=x><frame src=3></frameset><frame src=x>"
                    "<a href=x><area href=x>"),
              ElementsAre("1", "2", "3"));
  EXPECT_THAT(hrefs("<link rel=next href=1><frameset><frame src=2>"), ElementsAre("1", "2")) << "the head stays";
  EXPECT_EQ(page_of("<frameset><title>x</title></frameset><title>x</title>", 100).title, "");
}

TEST(FramesetState, TextModesAreThoseOfThePage) {
  EXPECT_THAT(
      hrefs("<frameset><noframes><frame src=x></noframes><frame src=1></frameset><noframes><a href=x></noframes>"),
      ElementsAre("1"));
  EXPECT_THAT(hrefs("<frameset><script><frame src=1></script><title><frame src=2>"), ElementsAre("1", "2"))
      << "ignored with what they would lead to";
}

TEST(FramesetState, AFrameInABodyIsIgnored) {
  EXPECT_THAT(hrefs("<frame src=x><a href=1><frame src=x>"), ElementsAre("1"));
  EXPECT_THAT(hrefs("<body><frameset><frame src=x><a href=1>"), ElementsAre("1"));
}

// https://html.spec.whatwg.org/multipage/parsing.html#frameset-ok-flag
TEST(FramesetState, WhatShowsInABodyRulesFramesOut) {
  for (const std::string shown : {"x",
                                  "&nbsp;",
                                  "<body>",
                                  "<br>",
                                  "</br>",
                                  "<p>x",
                                  "<svg>x",
                                  "<table>",
                                  "<li>",
                                  "<input>",
                                  "<hr>",
                                  "<img>",
                                  "<pre>",
                                  "<textarea></textarea>",
                                  "<button>",
                                  "<select>",
                                  "<iframe></iframe>",
                                  "<svg><p><br>",
                                  "<template></template><p>",
                                  "<svg><![CDATA[x]]></svg>"}) {
    EXPECT_THAT(hrefs(shown + "<frameset><frame src=x></frameset>"), IsEmpty()) << shown;
  }
}

TEST(FramesetState, WhatDoesNotShowIsReplacedByFrames) {
  for (const std::string hidden :
       {"", " \n", "&#32;", "<!-- x -->", "<html><head></head>", "<script>x</script>", "<style>x</style>", "<p>",
        "<div> </div>", "<input type=hidden>", "</p>", "</body>", "<template>x</template>", "<noscript></noscript>",
        "<noframes>x</noframes>", "<a href=x>", "<p><link rel=next href=x>", "<svg><a href=x></a></svg>"}) {
    EXPECT_THAT(hrefs(hidden + "<frameset><frame src=1></frameset>"), ElementsAre("1")) << hidden;
  }
  const Page page = page_of("<p><title>x</title><base href=x><frameset>", 100);
  EXPECT_EQ(page.title, "");
  EXPECT_FALSE(page.base_href.has_value());
}

}  // namespace
}  // namespace wswp::html
