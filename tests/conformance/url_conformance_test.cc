// The URL standard's own test data (web-platform-tests), as far as it is about http and https. What a Url drops on
// purpose, fragment and credentials, is taken off the expected text.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "url/url.h"

namespace wswp::url {
namespace {

using Json = nlohmann::json;

std::filesystem::path conformance_file(std::string_view name) {
  const char* const directory = std::getenv("WSWP_CONFORMANCE_DIR");
  const std::filesystem::path root = directory != nullptr
                                         ? std::filesystem::path(directory)
                                         : std::filesystem::path(WSWP_SOURCE_DIR) / ".." / "shared" / "conformance";
  return root / "url" / name;
}

/// The value of the "\uXXXX" at `at`, or -1.
int escape_at(std::string_view json, std::size_t at) {
  if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u') return -1;
  return std::stoi(std::string(json.substr(at + 2, 4)), nullptr, 16);
}

bool is_high_surrogate(int unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low_surrogate(int unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

/// The data has half surrogate pairs, which are no Unicode text. A browser's interface turns them into U+FFFD before
/// the URL parser sees them; so does this.
std::string with_scalar_values(std::string_view json) {
  std::string out;
  for (std::size_t i = 0; i < json.size();) {
    std::size_t length = json[i] == '\\' ? 2 : 1;
    const int unit = escape_at(json, i);
    if (unit >= 0) length = 6;
    if (is_high_surrogate(unit) && is_low_surrogate(escape_at(json, i + 6))) length = 12;
    if (length == 6 && (is_high_surrogate(unit) || is_low_surrogate(unit))) {
      out += "\\uFFFD";
    } else {
      out += json.substr(i, length);
    }
    i += length;
  }
  return out;
}

Json read_cases(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return Json::parse(with_scalar_values(text));
}

bool is_http(std::string_view href) {
  return href.starts_with("http:") || href.starts_with("https:");
}

std::string without_fragment_and_credentials(std::string href) {
  href = href.substr(0, href.find('#'));
  const std::size_t authority = href.find("://") + 3;
  const std::size_t path = href.find('/', authority);
  const std::size_t at = href.rfind('@', path);
  if (at != std::string::npos && at >= authority) href.erase(authority, at + 1 - authority);
  return href;
}

/// What ours makes of a case: the canonical text, or "failure".
std::string outcome(const Json& test) {
  const std::string input = test.at("input");
  Url base;
  const bool has_base = test.contains("base") && test["base"].is_string() &&
                        parse_into(test["base"].get<std::string>(), nullptr, base) == Problem::kNone;
  Url url;
  if (parse_into(input, has_base ? &base : nullptr, url) != Problem::kNone) return "failure";
  return url.href();
}

TEST(UrlConformance, UrlTestData) {
  const auto path = conformance_file("urltestdata.json");
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is absent";
  int parsed = 0;
  int refused = 0;
  for (const Json& test : read_cases(path)) {
    if (!test.is_object()) continue;
    const bool ours = test.contains("href") && is_http(test["href"].get<std::string>());
    ours ? ++parsed : ++refused;
    EXPECT_EQ(outcome(test), ours ? without_fragment_and_credentials(test["href"]) : "failure") << test.dump(2);
  }
  EXPECT_GT(parsed, 200);
  EXPECT_GT(refused, 200);
}

TEST(UrlConformance, CanonicalFormIsIdempotent) {
  const auto path = conformance_file("urltestdata.json");
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is absent";
  for (const Json& test : read_cases(path)) {
    if (!test.is_object()) continue;
    const std::string once = outcome(test);
    if (once == "failure") continue;
    const Result<Url> again = parse(once);
    ASSERT_TRUE(again) << once;
    EXPECT_EQ(again->href(), once);
  }
}

TEST(UrlConformance, ToAscii) {
  const auto path = conformance_file("toascii.json");
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is absent";
  for (const Json& test : read_cases(path)) {
    if (!test.is_object()) continue;
    const Result<Url> url = parse("https://" + test.at("input").get<std::string>() + "/x");
    const std::string host = url ? std::string(url->host()) : "failure";
    EXPECT_EQ(host, test.at("output").is_null() ? "failure" : test.at("output").get<std::string>()) << test.dump(2);
  }
}

}  // namespace
}  // namespace wswp::url
