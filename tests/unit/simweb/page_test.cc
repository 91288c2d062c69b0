#include "simweb/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace wswp::simweb {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/// Resolves the spellings of links.cc and no others; written without a look at it.
std::string resolved(std::string href, const PageName& name, const std::string& base_path) {
  href = replaced(replaced(href, "&amp;", "&"), "&#x2f;", "/");
  href = std::regex_replace(href, std::regex("^\\s+|\\s+$|#.*$"), "");
  const std::string origin = "http://" + std::string(name.authority);
  std::smatch match;
  if (std::regex_match(href, match, std::regex("(?:(?:http|HTTP):)?//([^/]*)(/.*)"))) {
    std::string authority = match[1];
    for (char& c : authority) c = static_cast<char>(std::tolower(c));
    return "http://" + std::regex_replace(authority, std::regex(":80$"), "") + match[2].str();
  }
  if (!href.starts_with("/")) href = base_path.substr(0, base_path.rfind('/') + 1) + href;
  std::vector<std::string> segments;
  std::string path = href.substr(0, href.find('?'));
  const std::string query = href.substr(path.size());
  while (!path.empty()) {
    const std::size_t slash = path.find('/', 1);
    const std::string segment = path.substr(0, slash);
    const bool is_last = slash == std::string::npos;
    path = is_last ? "" : path.substr(slash);
    if (segment == "/..") {
      if (!segments.empty()) segments.pop_back();
      if (is_last) segments.emplace_back("/");
    } else if (segment == "/.") {
      if (is_last) segments.emplace_back("/");
    } else {
      segments.push_back(segment);
    }
  }
  std::string out = origin;
  for (const std::string& segment : segments) out += segment;
  return out + query;
}

std::vector<std::string> hrefs_of_list(const std::string& html) {
  const std::size_t start = html.find("<ul>\n");
  const std::string list = html.substr(start, html.find("</ul>", start) - start);
  const std::regex href(R"re((?:href|HREF)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))re");
  std::vector<std::string> found;
  for (std::sregex_iterator it(list.begin(), list.end(), href), end; it != end; ++it)
    found.push_back((*it)[1].str() + (*it)[2].str() + (*it)[3].str());
  return found;
}

class PageLinks : public testing::TestWithParam<std::string> {};

TEST_P(PageLinks, TheHtmlHasExactlyTheLinksOfThePlan) {
  World world = *world_of_profile("links");
  world.links = 300;
  for (const char* authority : {"markup.test", "markup.test:8080"}) {
    const std::string host = GetParam() + ".simweb.test";
    const std::string with_port = host + std::string(authority).substr(11);
    for (const char* target : {"/", "/a/b/10.html", "/search?id=9&lang=en/x", "/c%20d/3/"}) {
      const PageName name{with_port, host, target};
      const SitePlan site = plan_site(world, host);
      const PagePlan page = plan_page(world, site, host, target);
      std::string html;
      append_page(html, world, site, page, name);
      const std::string path = std::string(target).substr(0, std::string(target).find('?'));
      const std::string base = page.markup == MarkupKind::kBase ? std::string(kBasePath) : path;
      std::vector<std::string> links;
      for (const std::string& href : hrefs_of_list(html)) links.push_back(resolved(href, name, base));
      EXPECT_EQ(links, links_of(world, name, page)) << target;
      EXPECT_EQ(links.size(), world.links);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Markup, PageLinks, testing::Values("markup-plain", "markup-odd", "markup-base"),
                         [](const auto& markup) { return replaced(markup.param, "-", "_"); });

TEST(Page, OutsideTheListThereAreOnlyTraps) {
  World world = *world_of_profile("links");
  const PageName name{"markup-odd.simweb.test", "markup-odd.simweb.test", "/"};
  const SitePlan site = plan_site(world, name.host);
  std::string html;
  append_page(html, world, site, plan_page(world, site, name.host, name.target), name);
  const std::size_t start = html.find("<ul>\n");
  html.erase(start, html.find("</ul>", start) - start);
  const std::regex trap(R"re(href=["'](/not/|mailto:|javascript:|tel:|data:|ftp:))re");
  const std::regex href("href=");
  const std::sregex_iterator end;
  EXPECT_EQ(std::distance(std::sregex_iterator(html.begin(), html.end(), trap), end),
            std::distance(std::sregex_iterator(html.begin(), html.end(), href), end));
}

TEST(Page, HasTheSizeOfItsPlan) {
  World world = *world_of_profile("clean");
  for (const std::size_t size : {6000U, 18000U, 100001U}) {
    world.size = {size, size};
    const PageName name{"a.test", "a.test", "/"};
    const SitePlan site = plan_site(world, name.host);
    std::string html;
    append_page(html, world, site, plan_page(world, site, name.host, name.target), name);
    EXPECT_EQ(html.size(), size);
  }
  world.size = {1000, 100'000};
  for (std::uint64_t hash = 1; hash != 0; hash <<= 1U) {
    PagePlan page;
    page.hash = hash;
    EXPECT_GE(page_size(world, page), 1000U);
    EXPECT_LE(page_size(world, page), 100'000U);
  }
}

TEST(Page, TheTitleNamesHostAndTarget) {
  const World world = *world_of_profile("clean");
  const PageName name{"a.test:80", "a.test", "/search?id=1&lang=en"};
  const SitePlan site = plan_site(world, name.host);
  std::string html;
  append_page(html, world, site, plan_page(world, site, name.host, name.target), name);
  EXPECT_THAT(html, testing::HasSubstr(" a.test/search?id=1&amp;lang=en</title>"));
  EXPECT_THAT(page_title(site, name), testing::EndsWith(" a.test/search?id=1&lang=en"));
}

TEST(Links, PathsAreDistinct) {
  std::vector<std::string> paths(500);
  for (std::size_t i = 0; i < paths.size(); ++i) append_path(paths[i], i);
  EXPECT_EQ(std::set<std::string>(paths.begin(), paths.end()).size(), paths.size());
}

}  // namespace
}  // namespace wswp::simweb
