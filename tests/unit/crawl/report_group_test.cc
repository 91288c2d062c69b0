#include "crawl/report_group.h"

#include <gtest/gtest.h>

#include <vector>

namespace wswp::crawl {
namespace {

/// A report for each number, of a page with so many links.
std::vector<frontier::VisitReport> reports(const std::vector<std::size_t>& links) {
  std::vector<frontier::VisitReport> made;
  for (const std::size_t number : links) {
    frontier::UrlReport url;
    url.found.resize(number);
    made.emplace_back().urls = {{}, url};
  }
  return made;
}

TEST(ReportGroup, IsBoundedByLinks) {
  EXPECT_EQ(first_group(reports({5000, 4999, 1, 1, 500})).size(), 3U);
}

TEST(ReportGroup, APageWithMoreIsAlone) {
  EXPECT_EQ(first_group(reports({20'000, 0, 0})).size(), 1U);
  EXPECT_EQ(first_group(reports({0, 20'000, 0})).size(), 1U);
}

TEST(ReportGroup, IsBoundedByReports) {
  EXPECT_EQ(first_group(reports(std::vector<std::size_t>(1500, 0))).size(), 1000U);
  EXPECT_EQ(first_group(reports(std::vector<std::size_t>(7, 0))).size(), 7U);
  EXPECT_TRUE(first_group({}).empty());
}

TEST(ReportGroup, CountsTheLinksOfAllUrls) {
  EXPECT_EQ(links_of(reports({3})[0]), 3);
}

}  // namespace
}  // namespace wswp::crawl
