// A hostile page takes time in proportion to its size: pages so long that with the square of it no test would end.

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "html/header_scanner.h"
#include "html/mime.h"
#include "html/page_scanner.h"

namespace wswp::html {
namespace {

constexpr std::size_t kLong = std::size_t{4} << 20U;
constexpr std::size_t kChunk = 4096;

// What pages of one kind repeat: what is never closed, or looks like the beginning of something at every step.
constexpr std::string_view kPieces[] = {"<a '",
                                        "<b \"",
                                        "<b '",
                                        "<a href='",
                                        "<a href=\"?x&amp",
                                        "<!--",
                                        "<!-->",
                                        "<!--->-",
                                        "--!",
                                        "-->",
                                        "<![CDATA[",
                                        "<svg><![CDATA[]]",
                                        "]]",
                                        "&",
                                        "&#",
                                        "&am",
                                        "&#x",
                                        "<svg></p>",
                                        "<svg>",
                                        "</a>",
                                        "<svg></a>",
                                        "<math><mi><p>",
                                        "<svg><desc><b>",
                                        "<svg><desc><p>",
                                        "<svg><g",
                                        "<svg><style>",
                                        "<font color>",
                                        "<title>",
                                        "<meta charset=x ",
                                        "<meta content=charset ",
                                        "<x y=",
                                        "<x ",
                                        "x=",
                                        "= ",
                                        "</",
                                        "<!-",
                                        "<?",
                                        "<script><!--",
                                        "<script></scrip",
                                        "<plaintext>",
                                        "<a href=\xE9?\xE9&>",
                                        "<base href=\xE9>",
                                        "<template>",
                                        "<template><svg>",
                                        "<frameset>",
                                        "<frame src=1>",
                                        "<li>",
                                        " ",
                                        "\x81",
                                        "\xE3"
                                        "2",
                                        "<p \"",
                                        "<p=\"'",
                                        ">",
                                        "'\"",
                                        "<a rel='",
                                        "<link rel='a b ' href=x>",
                                        "<meta name=robots content='a, b, "};

TEST(Linear, Pages) {
  for (const std::string_view piece : kPieces) {
    std::string page;
    while (page.size() < kLong) page += piece;
    for (const std::size_t size : {kLong, kChunk}) {
      PageScanner scanner({"text/html;charset=gbk", true, "wswp"});
      for (std::size_t i = 0; i < page.size(); i += size) scanner.feed(std::string_view(page).substr(i, size));
      EXPECT_EQ(scanner.finish().encoding, "gbk") << piece;
    }
  }
}

TEST(Linear, Headers) {
  for (const std::string_view piece :
       {"<", "<>", "<a>;", "<a>; rel=\"", "\\\"", ", ", ";", "unavailable_after: ", "a: ", "\n"}) {
    std::string value;
    while (value.size() < kLong) value += piece;
    EXPECT_FALSE(scan_header({.link = value, .refresh = value, .x_robots_tag = value}, "wswp", 0).robots.noindex)
        << piece;
    EXPECT_EQ(extract_mime_type(value).essence, "") << piece;
    EXPECT_EQ(extract_mime_type("a/b;" + value).charset, "") << piece;
  }
}

}  // namespace
}  // namespace wswp::html
