#include "url/path.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "url/url.h"

namespace wswp::url {
namespace {

// Each byte at each place, in paths shorter and longer than a vector: what append_path() would leave as it is.
TEST(CanonicalPath, SaysOfEachByteWhatAppendingDoes) {
  for (const std::size_t size : {1U, 5U, 15U, 16U, 17U, 31U, 32U, 40U}) {
    for (std::size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string path(size, 'a');
        path[at] = static_cast<char>(byte);
        std::string appended;
        append_path(path, 0, appended);
        const bool unchanged = appended == "/" + path;
        const bool may_be_dots = at == 0 && (byte == '.' || byte == '%');
        EXPECT_EQ(is_canonical_path({std::vector<char>(path.begin(), path.end()).data(), size}),
                  unchanged && !may_be_dots)
            << byte << " at " << at << " of " << size;
      }
    }
  }
}

TEST(CanonicalPath, NoSegmentBeginsWithADot) {
  for (std::size_t at = 0; at < 40; ++at) {
    for (const std::string_view dots : {"/.", "/%"}) {
      std::string path(42, 'a');
      path.replace(at, dots.size(), dots);
      EXPECT_FALSE(is_canonical_path(path)) << path;
      std::swap(path[at], path[at + 1]);
      EXPECT_EQ(is_canonical_path(path), at != 0) << path;
    }
  }
}

// A space before a link changes nothing, but it is then parsed state by state.
TEST(CanonicalPath, LinksThatAreCopiedAreAsThoseThatAreParsed) {
  static const std::vector<std::string_view> kPieces = {"/",
                                                        "/",
                                                        "/",
                                                        "a",
                                                        "bc",
                                                        ".",
                                                        "..",
                                                        "%2e",
                                                        "%41",
                                                        "?",
                                                        "#",
                                                        ":",
                                                        "@",
                                                        "\\",
                                                        " ",
                                                        "\t",
                                                        "é",
                                                        "~",
                                                        "=",
                                                        "//",
                                                        "a/",
                                                        ".html",
                                                        "http://a.com",
                                                        "http://a.com:8080",
                                                        "http://a.com/",
                                                        "http:",
                                                        "HTTP://A.com",
                                                        "\x01"};
  const Url base = *parse("http://a.com/dir/page?query");
  std::mt19937 random(11);
  std::uniform_int_distribution<std::size_t> piece(0, kPieces.size() - 1);
  std::uniform_int_distribution<int> length(1, 12);
  for (int turn = 0; turn < 50'000; ++turn) {
    std::string link;
    for (int left = length(random); left > 0; --left) link += kPieces[piece(random)];
    Url copied, parsed;
    ASSERT_EQ(resolve(link, base, copied), resolve(" " + link, base, parsed)) << link;
    ASSERT_EQ(copied, parsed) << link;
    ASSERT_EQ(copied.origin(), parsed.origin()) << link;
    ASSERT_EQ(copied.port(), parsed.port()) << link;
  }
}

}  // namespace
}  // namespace wswp::url
