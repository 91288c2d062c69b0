#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "frontier/host_directory.h"
#include "frontier/invariants.h"
#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

using AddTest = FrontierTest;

TEST_F(AddTest, CountsWhatIsNewAndWhatIsKnown) {
  const AddSummary first = add(crawl_, {"http://a.test/", "http://b.test/", "http://a.test/"});
  EXPECT_EQ(first.added, 2);
  EXPECT_EQ(first.duplicate, 1);
  const AddSummary again = add(crawl_, {"http://b.test/", "http://c.test/"});
  EXPECT_EQ(again.added, 1);
  EXPECT_EQ(again.duplicate, 1);
  EXPECT_EQ(counters().total, 3);
  EXPECT_EQ(counters().pending, 3);
}

TEST_F(AddTest, CrawlsDoNotShareTheirSeenSet) {
  add(crawl_, {"http://a.test/"});
  EXPECT_EQ(add(open("other").id, {"http://a.test/"}).added, 1);
  EXPECT_EQ(query("select count(*) from host"), 1);
}

TEST_F(AddTest, HostIdsFollowTheOrderOfTheList) {
  std::vector<std::string> urls;
  for (int i = 0; i < 10'000; ++i) urls.push_back(fmt::format("http://host{}.test/", i));
  EXPECT_EQ(add(crawl_, urls).added, 10'000);
  EXPECT_EQ(query("select count(*) from (select id, lag(id) over (order by q.rank) as before from host join queue q "
                  "on q.host_id = id) where before is not null and before >= id"),
            0);
}

TEST_F(AddTest, AListThatComesBackToItsHostsInALaterTransaction) {
  constexpr int kHosts = 3000, kUrls = 10'000;
  std::vector<std::string> urls;
  for (int i = 0; i < kUrls; ++i) urls.push_back(fmt::format("http://host{}.test/{}", i % kHosts, i));
  urls.push_back("http://host1.test/1");
  EXPECT_EQ(add(crawl_, urls).added, kUrls);
  EXPECT_EQ(counters().pending, kUrls);
  EXPECT_EQ(query("select count(*) from pending"), kUrls);
  EXPECT_EQ(query("select count(*) from queue"), kHosts);
  EXPECT_TRUE(check_invariants(path_)->empty());
}

TEST_F(AddTest, MoreUrlsOfHostsThatWaitAreVisitedOrAreDone) {
  add(crawl_, {"http://done.test/", "http://leased.test/", "http://waits.test/"});
  const std::vector<Visit> visits = frontier_->claim(0, 2, kStart);
  record(fetched(visits.at(0), kStart), kStart);
  EXPECT_EQ(query("select count(*) from queue"), 1);
  const std::vector<std::string> more{"http://done.test/2", "http://leased.test/2", "http://waits.test/2",
                                      "http://new.test/1",  "http://new.test/2",    "http://waits.test/2"};
  EXPECT_EQ(add(crawl_, more).added, 5);
  EXPECT_EQ(query("select count(*) from queue"), 3) << "one is leased";
  EXPECT_TRUE(check_invariants(path_)->empty());
  record(fetched(visits.at(1), kStart), kStart);
  EXPECT_EQ(query("select count(*) from queue"), 4);
  EXPECT_EQ(urls_of(frontier_->claim(0, 9, kStart + kDelayMs)),
            (std::vector<std::string>{"http://leased.test/2", "http://done.test/2", "http://waits.test/",
                                      "http://new.test/1"}));
  EXPECT_TRUE(check_invariants(path_)->empty());
}

TEST_F(AddTest, AReservationWithoutItsRowIsCompletedByTheNextAdd) {
  {
    store::Database database(path_, store::Mode::kReadWrite, 1024);
    HostDirectory hosts(database);
    store::Transaction transaction(database);
    ListedHost listed{.key = host_key("http://a.test"), .id = hosts.take_ids(1), .origin = "http://a.test"};
    hosts.reserve({&listed, 1});
    transaction.commit();
  }
  EXPECT_EQ(add(crawl_, {"http://a.test/", "http://a.test/x"}).added, 2);
  EXPECT_EQ(query("select count(*) from host_key"), 1);
  EXPECT_EQ(query("select count(*) from host join host_key on host_id = id"), 1);
}

TEST_F(AddTest, OriginsWithOneHashAreTwoHosts) {
  const std::int64_t key = host_key("http://b.test");
  {
    store::Database database(path_, store::Mode::kReadWrite, 1024);
    HostDirectory hosts(database);
    store::Transaction transaction(database);
    ListedHost listed{.key = key, .id = hosts.take_ids(1), .origin = "http://a.test"};  // as if both had the hash of b
    hosts.reserve({&listed, 1});
    hosts.create({&listed, 1}, kStart);
    transaction.commit();
  }
  EXPECT_EQ(add(crawl_, {"http://b.test/"}).added, 1);
  EXPECT_EQ(query("select count(*) from host"), 2);
  EXPECT_EQ(add(crawl_, {"http://b.test/"}).duplicate, 1);
}

// A link of another crawl, or of this one, may lead to a host whose id is reserved, before the list comes to its row. A
// trigger does here what the worker would.
TEST_F(AddTest, HostsThatAWorkerMakesBetweenTheTwoWalks) {
  const CrawlId other = open("other").id;
  {
    store::Database database(path_, store::Mode::kReadWrite, 1024);
    const auto link = [](const char* origin, CrawlId crawl) {
      return fmt::format(
          "create trigger link_{0} after insert on host_key when new.key = {1} begin "
          "insert into host (id, origin, added_at) values (new.host_id, '{2}', 0); "
          "insert into url (host_id, crawl_id, target, rank, depth) "
          "select new.host_id, id, '/', next_rank, 1 from crawl where id = {3}; "
          "insert into queue (crawl_id, ready_at, rank, host_id) "
          "select id, 0, next_rank, new.host_id from crawl where id = {3}; "
          "update crawl set next_rank = next_rank + 1, total = total + 1, pending = pending + 1 where id = {3}; end",
          crawl, host_key(origin), origin, crawl);
    };
    database.execute(link("http://mine.test", crawl_).c_str());
    database.execute(link("http://theirs.test", other).c_str());
  }
  const AddSummary summary =
      add(crawl_, {"http://a.test/", "http://mine.test/", "http://theirs.test/", "http://b.test/", "http://mine.test/x",
                   "http://theirs.test/x", "http://a.test/"});
  EXPECT_EQ(summary.added, 5);
  EXPECT_EQ(summary.duplicate, 2);
  EXPECT_EQ(query("select count(*) from host"), 4);
  EXPECT_EQ(query(fmt::format("select total from crawl where id = {}", other).c_str()), 1);
  EXPECT_EQ(query("select total from crawl_host join host on id = host_id where origin = 'http://mine.test'"), 2);
  EXPECT_EQ(query("select pending from hosts where authority = 'theirs.test'"), 3);
  EXPECT_TRUE(check_invariants(path_)->empty());
}

// In any mixture, and in lists of several transactions: what is added is what a set would take.
TEST_F(AddTest, ListsOfNewAndKnownAndRepeatedHosts) {
  std::mt19937 random(5);
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  const CrawlId crawls[] = {crawl_, open("other").id};
  std::set<std::pair<CrawlId, std::string>> known;
  std::set<std::size_t> hosts;
  for (const std::size_t size : {10U, 6'000U, 3U, 9'000U, 200U, 9'000U}) {
    const CrawlId crawl = crawls[below(2)];
    std::vector<std::string> urls;
    const std::size_t known_before = known.size();
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t host = below(4 * size);
      hosts.insert(host);
      urls.push_back(fmt::format("http://host{}.test/{}", host, below(3)));
      known.emplace(crawl, urls.back());
    }
    const AddSummary summary = add(crawl, urls);
    EXPECT_EQ(summary.added, static_cast<std::int64_t>(known.size() - known_before));
    EXPECT_EQ(summary.added + summary.duplicate, static_cast<std::int64_t>(size));
    EXPECT_EQ(query("select count(*) from host"), static_cast<std::int64_t>(hosts.size()));
    EXPECT_EQ(query("select count(distinct origin) from host"), static_cast<std::int64_t>(hosts.size()));
  }
  std::set<std::pair<CrawlId, std::string>> stored;
  {
    store::Database database(path_, store::Mode::kReadOnly, 1024);
    store::Statement all(database, "select crawl_id, origin || target from url join host on id = host_id");
    all.bind();
    while (all.step()) stored.emplace(all.integer(0), all.text(1));
  }
  EXPECT_EQ(stored, known);
  EXPECT_TRUE(check_invariants(path_)->empty());
}

TEST_F(AddTest, NamesOfCrawlsAreChecked) {
  for (const std::string name : {"", "a b", "a/b", "ü"}) {
    EXPECT_FALSE(frontier_->open_crawl(name, {}, {}, kStart).ok()) << name;
  }
  EXPECT_FALSE(frontier_->open_crawl(std::string(65, 'a'), {}, {}, kStart).ok());
}

TEST_F(AddTest, OptionsOfAnExistingCrawlAreChangedByWhatIsGiven) {
  open("news", {.link_regex = ".", .max_depth = 2});
  const Crawl crawl = open("news", {.delay_ms = 100});
  EXPECT_EQ(crawl.options.link_regex, ".");
  EXPECT_EQ(crawl.options.max_depth, 2);
  EXPECT_EQ(crawl.options.delay_ms, 100);
}

}  // namespace
}  // namespace wswp::frontier
