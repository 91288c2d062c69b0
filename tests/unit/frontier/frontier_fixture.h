#pragma once
// A frontier in a database of its own, and short ways to say what is done to it.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "frontier/sqlite_frontier.h"
#include "store/database.h"
#include "store/migrate.h"
#include "support/temp_dir.h"

namespace wswp::frontier {

inline constexpr WallMs kStart = 1'700'000'000'000;
inline constexpr std::int64_t kDelayMs = 5000;

class FrontierTest : public testing::Test {
 protected:
  FrontierTest() {
    const Result<> migrated = store::migrate(path_);
    EXPECT_TRUE(migrated.ok());
    frontier_ = open_frontier(path_);
    crawl_ = open("default").id;
  }

  Crawl open(const std::string& name, const CrawlPatch& patch = {}) {
    Result<Crawl> crawl = frontier_->open_crawl(name, {}, patch, kStart);
    EXPECT_TRUE(crawl.ok()) << crawl.message();
    return *crawl;
  }

  AddSummary add(CrawlId crawl, const std::vector<std::string>& urls) {
    SeedList seeds;
    for (const std::string& text : urls) {
      Result<url::Url> url = url::parse(text);
      EXPECT_TRUE(url.ok()) << text;
      seeds.add(*url);
    }
    AddSummary summary;
    frontier_->add(crawl, seeds, kStart, summary);
    return summary;
  }

  static std::vector<std::string> urls_of(const std::vector<Visit>& visits) {
    std::vector<std::string> urls;
    for (const Visit& visit : visits) {
      for (const VisitUrl& url : visit.urls) urls.push_back(visit.origin + url.target);
    }
    return urls;
  }

  /// A report in which every URL of the visit was fetched at `now`.
  static VisitReport fetched(const Visit& visit, WallMs now) {
    VisitReport report{.crawl = visit.crawl, .host = visit.host, .origin = visit.origin, .ready_at = now + kDelayMs};
    for (const VisitUrl& url : visit.urls) {
      report.urls.push_back({.url = url, .outcome = Outcome{.status = 200, .bytes = 10, .fetched_at = now}});
    }
    return report;
  }

  void record(const VisitReport& report, WallMs now) { frontier_->record(std::vector<VisitReport>{report}, now); }

  Counters counters(const std::string& name = "default") { return frontier_->find_crawl(name)->counters; }

  std::int64_t query(const char* sql) {
    store::Database database(path_, store::Mode::kReadOnly, 1024);
    store::Statement statement(database, sql);
    return statement.bind().step() ? statement.integer(0) : -1;
  }

  test::TempDir directory_;
  const std::string path_ = directory_.file("wswp.db");
  std::unique_ptr<Frontier> frontier_;
  CrawlId crawl_ = 0;
};

}  // namespace wswp::frontier
