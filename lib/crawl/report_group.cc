#include "crawl/report_group.h"

namespace wswp::crawl {
namespace {

constexpr std::size_t kMostReports = 1000;
constexpr std::int64_t kMostLinks = 10'000;

}  // namespace

std::int64_t links_of(const frontier::VisitReport& report) {
  std::int64_t links = 0;
  for (const frontier::UrlReport& url : report.urls) links += static_cast<std::int64_t>(url.found.size());
  return links;
}

std::span<const frontier::VisitReport> first_group(std::span<const frontier::VisitReport> reports) {
  std::size_t taken = 0;
  for (std::int64_t links = 0; taken < reports.size() && taken < kMostReports; ++taken) {
    links += links_of(reports[taken]);
    if (taken > 0 && links > kMostLinks) break;
  }
  return reports.first(taken);
}

}  // namespace wswp::crawl
