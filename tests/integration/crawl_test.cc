// A crawl of home pages against what a perfect crawler would have found.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "integration/site_names.h"
#include "simweb/behaviour.h"
#include "support/daemon.h"
#include "support/rows.h"
#include "support/simweb.h"

namespace wswp::test {
namespace {

/// Both for the crawler and the oracle. Sites that never answer decide how long a test takes: with few tries less.
struct Limits {
  int retries = 1;
  Config settings() const { return {{"fetch.max_body", "\"1 MiB\""}, {"fetch.retries", std::to_string(retries)}}; }
  std::vector<std::string> foretell() const {
    return {"--timeout", "1.5", "--max-body", "1048576", "--retries", std::to_string(retries)};
  }
};

CsvComparison comparison(const Simweb& web) {
  return {.columns = {"outcome", "status", "error", "redirect_to", "truncated", "depth"},
          .columns_of_fetched = {"encoding", "title", "bytes"},
          .explain = [&web](const std::string& url) {
            const std::size_t host = url.find("://") + 3;
            return web.plan(url.substr(host, url.find('/', host) - host));
          }};
}

/// A request that meets the end of a connection that has served before may be sent once more (RFC 9112 9.3.1).
void expect_no_surplus_tries(const std::vector<LoggedRequest>& requests, int retries) {
  std::map<std::string, int> most;
  for (const LoggedRequest& request : requests) {
    int& limit = most.emplace(request.host + " " + request.target, retries + 1).first->second;
    if (request.answer == "closed" || request.answer == "reset") limit = retries + 2;
  }
  for (const auto& [target, count] : count_targets(requests)) EXPECT_LE(count, most.at(target)) << target;
}

void expect_perfect_crawl(const std::string& list, Limits limits) {
  const Simweb web({"--profile", "web"});
  Daemon daemon(crawl_config(web.http(), limits.settings()));
  daemon.start();
  daemon.add(list);
  daemon.wait_until_done();
  const auto expected = web.expect(list, limits.foretell());
  expect_equal_rows(daemon.results(), expected, comparison(web));
  expect_no_surplus_tries(web.requests(expected.size()), limits.retries);
}

/// Every kind of every axis that a name under simweb.test can choose, one site each, and no kind of DNS.
std::string catalogue() {
  std::string list;
  for (std::size_t axis = 0; axis < simweb::kAxes; ++axis) {
    if (static_cast<simweb::Axis>(axis) == simweb::Axis::kDns) continue;
    for (const std::string_view kind : simweb::kind_names(static_cast<simweb::Axis>(axis))) {
      std::string name(kind);
      std::replace(name.begin(), name.end(), '_', '-');
      list += name + ".simweb.test\n";
    }
  }
  return list;
}

TEST(Crawl, FindsWhatAPerfectCrawlerFinds) {
  expect_perfect_crawl(site_names(600), {});
}

TEST(Crawl, EveryBehaviourOfTheCatalogue) {
  expect_perfect_crawl(catalogue() +
                           "robots-disallow-some.page-redirect-private.simweb.test\n"
                           "robots-redirect.page-redirect-private.simweb.test\n"
                           "charset-shift-jis.declared-meta.coding-gzip.framing-close.markup-base.simweb.test\n"
                           "charset-gb2312.declared-http-equiv.framing-chunked.headers-odd.simweb.test\n",
                       {.retries = 2});
}

TEST(Crawl, RealNames) {
  const char* given = std::getenv("WSWP_DATA_DIR");
  const std::filesystem::path file =
      std::filesystem::path(given != nullptr ? given : WSWP_DATA_DIR_DEFAULT) / "alexa-top-100k.csv";
  std::ifstream lines(file);
  if (!lines) GTEST_SKIP() << file << " is not there; WSWP_DATA_DIR names its directory";
  constexpr std::size_t kSites = 600;
  std::string list;
  std::string line;
  for (std::size_t i = 0; i < kSites && std::getline(lines, line); ++i) list += line + "\n";
  expect_perfect_crawl(list, {});
}

TEST(Crawl, EveryViewTellsTheSame) {
  const Simweb web({"--profile", "web", "--mix", "host_stall=0,page_stall=0,page_stall_body=0,robots_stall=0"});
  Daemon daemon(crawl_config(web.http(), Limits{}.settings()));
  daemon.start();
  daemon.add(site_names(100) + "page-redirect-trap.simweb.test\n", {"--crawl", "views"});
  daemon.wait_until_done();
  const auto urls = daemon.urls("views");
  std::int64_t sum = 0;
  for (const char* outcome : {"fetched", "failed", "disallowed", "skipped"}) {
    const std::string condition = std::string("from results where crawl = 'views' and outcome = '") + outcome + "'";
    const std::int64_t rows = query_number(daemon.database(), "select count(*) " + condition);
    EXPECT_GT(rows, 0) << outcome << ": what no URL has says nothing";
    EXPECT_EQ(urls.at(outcome), rows) << outcome;
    EXPECT_EQ(query_number(daemon.database(), std::string("select ") + outcome + " from crawls"), rows);
    sum += rows;
  }
  EXPECT_EQ(urls.at("total"), sum);
  EXPECT_EQ(urls.at("pending"), 0);
  EXPECT_EQ(query_number(daemon.database(), "select count(*) from frontier"), 0);
  std::int64_t errors = 0;
  const auto groups = daemon.ctl_json({"errors", "views"});
  for (const auto& group : groups.at("errors")) errors += group.at("count").get<int>();
  EXPECT_EQ(urls.at("failed"), errors);
}

class FollowingWorkers : public testing::TestWithParam<const char*> {};

/// The log begins anew although all workers commit all the time.
TEST_P(FollowingWorkers, KeepTheLogBounded) {
  constexpr std::int64_t kBound = std::int64_t{64} << 20U;
  constexpr std::int64_t kEnough = 20'000;  // pages: twice as much log as the bound, were it never to begin anew
  const Simweb web({"--profile", "clean", "--size", "2000", "--links", "60", "--pages", "100"});
  Daemon daemon(crawl_config(web.http(), {{"politeness.delay", "0"}, {"workers.processes", GetParam()}}));
  daemon.start();
  daemon.add(site_names(1000), {"--follow"});
  std::int64_t most = 0, fetched = 0;
  EXPECT_TRUE(eventually(
      [&] {
        const nlohmann::json status = daemon.ctl_json({"status"});
        most = std::max(most, status.at("database").at("log_bytes").get<std::int64_t>());
        fetched = status.at("crawls").at(0).at("urls").at("fetched");
        return fetched >= kEnough;
      },
      std::chrono::seconds(120)));
  EXPECT_GT(most, 0);
  EXPECT_LT(most, kBound);
}

INSTANTIATE_TEST_SUITE_P(Workers, FollowingWorkers, testing::Values("1", "2", "8"));

}  // namespace
}  // namespace wswp::test
