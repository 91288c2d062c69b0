#include "html/scan.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wswp::html {
namespace {

// Every position in texts shorter and longer than a vector, in memory without slack for a sanitizer to see.
TEST(Scan, FindsAtEveryPosition) {
  for (std::size_t size = 0; size < 50; ++size) {
    for (std::size_t at = 0; at <= size; ++at) {
      std::vector<char> text(size, 'x');
      if (at < size) text[at] = '>';
      const char* const begin = text.data();
      const char* const end = begin + size;
      EXPECT_EQ(find_byte(begin, end, '>') - begin, static_cast<std::ptrdiff_t>(at));
      EXPECT_EQ((find_any<'<', '>'>(begin, end) - begin), static_cast<std::ptrdiff_t>(at));
      EXPECT_EQ(find_space_or<'>'>(begin, end) - begin, static_cast<std::ptrdiff_t>(at));
      EXPECT_EQ(find_non_ascii_or<'>'>(begin, end) - begin, static_cast<std::ptrdiff_t>(at));
      if (at < size) text[at] = '\x80';
      EXPECT_EQ(find_non_ascii_or<'>'>(begin, end) - begin, static_cast<std::ptrdiff_t>(at));
      EXPECT_EQ(find_non_ascii(begin, end) - begin, static_cast<std::ptrdiff_t>(at));
    }
  }
}

TEST(Scan, SpacesAreToldFromOtherControls) {
  const std::string text(40, '\x01');
  for (const char c : {' ', '\t', '\n', '\f', '\r', '/'}) {
    const std::string with = text + c + text;
    EXPECT_EQ(find_space_or<'/'>(with.data(), with.data() + with.size()) - with.data(), 40);
  }
}

TEST(Scan, ShortNameSize) {
  const auto size_of = [](std::string text) {
    text.resize(static_cast<std::size_t>(kShortNameReach), 'x');
    return short_name_size(text.data());
  };
  EXPECT_EQ(size_of("p>"), 1U);
  EXPECT_EQ(size_of("div class"), 3U);
  EXPECT_EQ(size_of("br/>"), 2U);
  EXPECT_EQ(size_of("h1\n>"), 2U);
  EXPECT_EQ(size_of("\xE9t\xE9>"), 3U);
  EXPECT_EQ(size_of("a\x01>"), 0U) << "a control is part of a name, which a vector does not tell from a space";
  EXPECT_EQ(size_of("fifteen-letters>"), 15U);
  EXPECT_EQ(size_of("sixteen-letters-"), 0U);
}

TEST(Scan, BytesOutsideAsciiAreNoControls) {
  const std::string text = "\xFF\x80\xA0\xBF";
  EXPECT_EQ(find_space_or<'>'>(text.data(), text.data() + text.size()) - text.data(), 4);
}

}  // namespace
}  // namespace wswp::html
