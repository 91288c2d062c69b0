// Results are walked through page by page; between two pages nothing is held, and whatever happens meanwhile, a row
// that stays is met once.

#include <set>

#include <fmt/format.h>

#include "frontier/reports.h"
#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

class ResultWalkTest : public FrontierTest {
 protected:
  /// `count` URLs of hosts of their own, fetched, but every tenth has failed.
  void fetch(CrawlId crawl, const std::string& prefix, int count) {
    std::vector<std::string> urls;
    for (int i = 0; i < count; ++i) urls.push_back(fmt::format("http://{}{}.test/", prefix, i));
    add(crawl, urls);
    int number = 0;
    for (const Visit& visit : frontier_->claim(0, static_cast<std::size_t>(count), kStart)) {
      VisitReport report = fetched(visit, kStart);
      if (++number % 10 == 0) report.urls[0].outcome = Outcome{.state = UrlState::kFailed, .error = "dns"};
      record(report, kStart);
    }
  }

  std::vector<std::string> rest_of(ResultWalk& walk, std::size_t most) {
    std::vector<std::string> urls;
    while (!walk.over()) {
      const std::vector<ResultRow> rows = reports_->next_results(walk, most);
      EXPECT_LE(rows.size(), most);
      for (const ResultRow& row : rows) urls.push_back(row.crawl + " " + row.url);
    }
    return urls;
  }

  std::unique_ptr<Reports> reports_ = open_reports(path_);
};

TEST_F(ResultWalkTest, MeetsEveryRowOnceInOrderWhateverThePage) {
  const CrawlId other = open("other").id;
  fetch(crawl_, "a", 25);
  fetch(other, "b", 3);
  std::vector<std::string> all;
  for (int i = 0; i < 25; ++i) all.push_back(fmt::format("default http://a{}.test/", i));
  for (int i = 0; i < 3; ++i) all.push_back(fmt::format("other http://b{}.test/", i));
  for (const std::size_t most : {1U, 7U, 25U, 26U, 1000U}) {
    ResultWalk walk = reports_->walk_results(std::nullopt, std::nullopt);
    EXPECT_EQ(rest_of(walk, most), all) << most;
  }
  ResultWalk walk = reports_->walk_results("other", std::nullopt);
  EXPECT_EQ(rest_of(walk, 2).size(), 3U);
  walk = reports_->walk_results("default", UrlState::kFailed);
  EXPECT_EQ(rest_of(walk, 2), (std::vector<std::string>{"default http://a9.test/", "default http://a19.test/"}));
  walk = reports_->walk_results("none", std::nullopt);
  EXPECT_TRUE(walk.over());
}

TEST_F(ResultWalkTest, HoldsNothingBetweenTwoPages) {
  fetch(crawl_, "a", 20);
  ResultWalk walk = reports_->walk_results(std::nullopt, std::nullopt);
  ASSERT_EQ(reports_->next_results(walk, 5).size(), 5U);
  fetch(crawl_, "b", 20);
  EXPECT_TRUE(frontier_->make_durable()) << "a reader of an older state would hold a checkpoint back";
}

TEST_F(ResultWalkTest, EndsThoughTheCrawlGrows) {
  fetch(crawl_, "a", 10);
  ResultWalk walk = reports_->walk_results(std::nullopt, std::nullopt);
  fetch(crawl_, "b", 10);
  EXPECT_EQ(rest_of(walk, 3).size(), 10U);
}

TEST_F(ResultWalkTest, RetryTakesRowsBackAndDisturbsNoOthers) {
  fetch(crawl_, "a", 30);
  ResultWalk walk = reports_->walk_results(std::nullopt, std::nullopt);
  const std::size_t before = reports_->next_results(walk, 10).size();
  EXPECT_EQ(frontier_->begin_retry("default"), 3);
  EXPECT_FALSE(frontier_->retry_step(crawl_)) << "that was the last step";
  EXPECT_EQ(before + rest_of(walk, 4).size(), 28U);
}

TEST_F(ResultWalkTest, BreaksOffWhereTheCrawlIsRemoved) {
  fetch(crawl_, "a", 20);
  ResultWalk walk = reports_->walk_results("default", std::nullopt);
  ASSERT_EQ(reports_->next_results(walk, 5).size(), 5U);
  ASSERT_TRUE(frontier_->begin_removal("default"));
  EXPECT_THROW(reports_->next_results(walk, 5), CrawlRemoved);
}

TEST_F(ResultWalkTest, ARareOutcomeAmongManyRowsIsFoundInStretches) {
  fetch(crawl_, "a", 10);  // of which one has failed
  // The ranks of a crawl may have gaps: here one that is longer than what is looked through at once.
  store::Database database(path_, store::Mode::kReadWrite, 1024);
  database.execute("update outcome set rank = rank + 100000 where rank > 5");
  ResultWalk walk = reports_->walk_results(std::nullopt, UrlState::kFailed);
  EXPECT_EQ(rest_of(walk, 10), std::vector<std::string>{"default http://a9.test/"});
}

}  // namespace
}  // namespace wswp::frontier
