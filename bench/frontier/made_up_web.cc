#include "made_up_web.h"

#include <array>
#include <cmath>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

namespace wswp::bench {
namespace {

constexpr std::array<std::string_view, 16> kSyllables = {"ba", "co", "der", "fi",  "gra", "ho",  "in", "ket",
                                                         "lo", "me", "net", "pro", "ri",  "sta", "to", "web"};
constexpr std::array<std::string_view, 16> kSuffixes = {".com",   ".com", ".com", ".com", ".com", ".com",
                                                        ".com",   ".net", ".org", ".org", ".de",  ".ru",
                                                        ".co.uk", ".io",  ".fr",  ".cn"};

url::Url parsed(const std::string& text) {
  url::Url url;
  if (url::parse_into(text, nullptr, url) != url::Problem::kNone) throw std::logic_error("not a URL: " + text);
  return url;
}

}  // namespace

std::uint64_t mixed(std::uint64_t n) {
  n += 0x9e3779b97f4a7c15U;
  n = (n ^ (n >> 30)) * 0xbf58476d1ce4e5b9U;
  n = (n ^ (n >> 27)) * 0x94d049bb133111ebU;
  return n ^ (n >> 31);
}

std::string origin(std::uint64_t index) {
  const std::uint64_t hash = mixed(index);
  std::string name = "http://";
  for (std::uint64_t i = 0; i <= hash % 4; ++i) name += kSyllables[(hash >> (8 + 4 * i)) % 16];
  name += '-';
  for (std::uint64_t rest = index; rest > 0; rest /= 26) name += static_cast<char>('a' + rest % 26);
  name += kSuffixes[(hash >> 40) % 16];
  return name;
}

std::vector<url::Url> home_pages(std::uint64_t begin, std::uint64_t count) {
  std::vector<url::Url> pages;
  pages.reserve(count);
  for (std::uint64_t i = begin; i < begin + count; ++i) pages.push_back(parsed(origin(i) + "/"));
  return pages;
}

frontier::Outcome page_outcome(std::uint64_t index, WallMs now) {
  const std::uint64_t hash = mixed(index);
  return {.state = frontier::UrlState::kFetched,
          .status = 200,
          .content_type = "text/html",
          .encoding = "utf-8",
          .bytes = 2000 + static_cast<std::int64_t>(hash % 100'000),
          .title = fmt::format("Welcome to our home page number {}, news and offers", hash % 1'000'000),
          .redirect_to = hash % 4 == 0 ? origin(index) + "/en/index.html" : std::string(),
          .remote_ip =
              fmt::format("{}.{}.{}.{}", hash % 223 + 1, (hash >> 8) % 256, (hash >> 16) % 256, (hash >> 24) % 256),
          .http_version = "1.1",
          .elapsed_ms = static_cast<std::int64_t>(hash % 900) + 20,
          .fetched_at = now};
}

std::vector<frontier::FoundUrl> page_links(const std::string& origin_of_page, std::uint64_t seed, std::uint64_t hosts) {
  static constexpr std::array<std::string_view, 4> kPages = {"/", "/about.html", "/news/2026/index.html",
                                                             "/contact?lang=en"};
  std::vector<frontier::FoundUrl> links;
  for (std::uint64_t i = 0; i < 18; ++i) {
    links.push_back({.url = parsed(origin_of_page + std::string(kPages[i % kPages.size()])), .depth = 1});
  }
  for (std::uint64_t i = 0; i < 2; ++i) {
    const double u = static_cast<double>(mixed(seed * 2 + i) >> 11) * 0x1p-53;
    const auto index = static_cast<std::uint64_t>(std::pow(u, 3) * static_cast<double>(hosts));
    links.push_back({.url = parsed(origin(index) + "/"), .depth = 1});
  }
  return links;
}

}  // namespace wswp::bench
