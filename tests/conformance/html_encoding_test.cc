// The encoding of a page against html5lib's test data.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "html/ascii.h"
#include "html/page_scanner.h"

namespace wswp::html {
namespace {

std::filesystem::path conformance_file() {
  const char* const directory = std::getenv("WSWP_CONFORMANCE_DIR");
  const std::filesystem::path root = directory != nullptr
                                         ? std::filesystem::path(directory)
                                         : std::filesystem::path(WSWP_SOURCE_DIR) / ".." / "shared" / "conformance";
  return root / "html-encoding" / "tests1.dat";
}

// The encoding of a page as the data names it: windows-1252 where nothing is declared and nothing can be detected, for
// which a scanner says "utf-8" if the page is ASCII only.
std::string encoding_of(std::string_view page, std::size_t chunk_size) {
  PageScanner scanner;
  for (std::size_t i = 0; i < page.size(); i += chunk_size) scanner.feed(page.substr(i, chunk_size));
  const Page result = scanner.finish();
  return result.encoding_source == EncodingSource::kAssumed ? "windows-1252" : result.encoding;
}

TEST(Html5libEncoding, IsThatExpected) {
  std::ifstream file(conformance_file(), std::ios::binary);
  if (!file) GTEST_SKIP() << "no conformance data: " << conformance_file();
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  constexpr std::string_view kData = "#data\n";
  constexpr std::string_view kEncoding = "\n#encoding\n";
  std::size_t cases = 0;
  for (std::size_t at = text.find(kData); at != std::string::npos; at = text.find(kData, at)) {
    at += kData.size();
    const std::size_t end = text.find(kEncoding, at);
    ASSERT_NE(end, std::string::npos);
    const std::string page = text.substr(at, end - at);
    at = end + kEncoding.size();
    const std::string expected = lower_copy(text.substr(at, text.find('\n', at) - at));
    EXPECT_EQ(encoding_of(page, page.size() + 1), expected) << page;
    EXPECT_EQ(encoding_of(page, 1), expected) << "byte by byte: " << page;
    ++cases;
  }
  EXPECT_GE(cases, 50U);
}

}  // namespace
}  // namespace wswp::html
