// A worker's threads on a real database and against a scripted server: what they do together.
#include "crawl/worker_pool.h"

#include <sys/eventfd.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/shared_memory.h"
#include "frontier/sqlite_frontier.h"
#include "store/migrate.h"
#include "support/eventually.h"
#include "support/scripted_server.h"
#include "support/temp_dir.h"

namespace wswp::crawl {
namespace {

using std::chrono::milliseconds;
using test::http;
using test::page;
using test::Reply;

class WorkerPoolTest : public testing::Test {
 protected:
  WorkerPoolTest() {
    EXPECT_TRUE(store::migrate(path_));
    frontier_ = frontier::open_frontier(path_);
    crawl_ = open({}).id;
  }

  frontier::Crawl open(const frontier::CrawlPatch& patch) { return *frontier_->open_crawl("default", {}, patch, 1); }
  void add(const std::vector<std::string>& urls) {
    frontier::SeedList seeds;
    for (const std::string& url : urls) seeds.add(*url::parse(url));
    frontier::AddSummary summary;
    frontier_->add(crawl_, seeds, SystemClock().schedule_ms(), summary);
    ::eventfd_write(wake_.get(), 1);
  }
  frontier::Crawl crawl() { return *frontier_->find_crawl("default"); }
  bool fetches(std::int64_t count) {
    return test::eventually([&] { return crawl().counters.fetched >= count; });
  }

  WorkerSetup setup(const std::string& poison = "") {
    WorkerSetup setup;
    setup.number = 3;
    setup.settings.workers.threads = 2;
    setup.settings.fetch.connect_to = server_.authority();
    setup.settings.politeness.delay_ms = 0;
    setup.database = path_;
    setup.wake_fd = wake_.get();
    setup.suspect = &*suspect_;
    setup.poison = Poison::parse(poison);
    return setup;
  }

  test::TempDir directory_;
  const std::string path_ = directory_.file("wswp.db");
  const FileDescriptor wake_{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
  SharedMemory<WorkMark> suspect_;
  std::unique_ptr<frontier::Frontier> frontier_;
  frontier::CrawlId crawl_ = 0;
  test::ScriptedServer server_;
};

TEST_F(WorkerPoolTest, FetchesWhatIsAddedAndIsWell) {
  WorkerPool pool(setup());
  pool.start();
  add({"http://a.test/", "http://b.test/"});
  EXPECT_TRUE(fetches(2));
  const PoolHealth health = pool.health();
  EXPECT_FALSE(health.failed);
  EXPECT_EQ(health.obstacle, Obstacle::kNone);
  EXPECT_FALSE(suspect_->get());
}

TEST_F(WorkerPoolTest, OptionsThatChangeWhileItRunsAreTakenUp) {
  const std::string links = "<a href=/found>x</a>";
  server_.answer("a.test/", {http(200, "Content-Type: text/html\r\n", links), Reply::Then::kKeep});
  server_.answer("b.test/", {http(200, "Content-Type: text/html\r\n", links), Reply::Then::kKeep});
  WorkerPool pool(setup());
  pool.start();
  add({"http://a.test/"});
  ASSERT_TRUE(fetches(1));
  open({.link_regex = ".", .max_depth = 1});
  add({"http://b.test/"});
  EXPECT_TRUE(fetches(3)) << "and what b.test links to";
  EXPECT_EQ(server_.targets("a.test"), std::vector<std::string>{"/"});
  EXPECT_EQ(server_.targets("b.test"), (std::vector<std::string>{"/", "/found"}));
}

TEST_F(WorkerPoolTest, BeatsAlsoWhereThereIsNoWork) {
  WorkerPool pool(setup());
  pool.start();
  const MonoMs now = SystemClock().mono_ms();
  EXPECT_TRUE(test::eventually([&] { return pool.health().oldest_beat > now; }));
}

TEST_F(WorkerPoolTest, AFetchThreadThatThrowsIsMissedAndItsUrlSuspected) {
  server_.answer("a.test/strange", {page("x")});
  add({"http://a.test/strange"});
  WorkerPool pool(setup("throw:/strange"));
  pool.start();
  EXPECT_TRUE(test::eventually([&] { return pool.health().failed; }));
  const auto suspect = suspect_->get();
  ASSERT_TRUE(suspect);
  EXPECT_EQ(suspect->crawl, crawl_);
}

TEST_F(WorkerPoolTest, TheUrlThatTheLastProcessDiedOfIsBlamedAndItsLeasesAreGivenBack) {
  add({"http://a.test/", "http://b.test/"});
  const auto visits = frontier_->claim(3, 2, SystemClock().schedule_ms());
  ASSERT_EQ(visits.size(), 2U);
  suspect_->set({.crawl = crawl_, .host = visits[0].host, .rank = visits[0].urls[0].rank});
  std::atomic<bool> crashed = true;
  WorkerSetup after_a_death = setup();
  after_a_death.crashed = &crashed;
  WorkerPool pool(after_a_death);
  pool.start();
  EXPECT_FALSE(suspect_->get());
  EXPECT_FALSE(crashed);
  EXPECT_TRUE(fetches(2));
  pool.stop(milliseconds(0));
  const auto reports = frontier::open_reports(path_);
  EXPECT_EQ(reports->find(*url::parse("http://a.test/")).at(0).attempts, 2) << "one of them killed the process";
  EXPECT_EQ(reports->find(*url::parse("http://b.test/")).at(0).attempts, 1);
}

/// Requests that are answered when the test says so.
class StopTest : public WorkerPoolTest {
 protected:
  StopTest() : slow_([this](const net::Peer& peer) { serve(peer); }) {}
  ~StopTest() override { let_go(); }

  void let_go() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    gate_.notify_all();
  }
  void start() {
    WorkerSetup slow = setup();
    slow.settings.fetch.connect_to = slow_.authority();
    pool_ = std::make_unique<WorkerPool>(std::move(slow));
    pool_->start();
    add({"http://a.test/"});
    ASSERT_TRUE(test::eventually([this] {
      const std::lock_guard lock(mutex_);
      return waiting_;
    }));
  }

  std::unique_ptr<WorkerPool> pool_;

 private:
  void serve(const net::Peer& peer) {
    while (true) {
      const std::string head = peer.read_head();
      if (head.empty()) return;
      if (head.starts_with("GET /robots.txt ")) {
        peer.send(http(404));
        continue;
      }
      std::unique_lock lock(mutex_);
      waiting_ = true;
      gate_.wait(lock, [this] { return open_; });
      peer.send(page("late"));
    }
  }

  std::mutex mutex_;
  std::condition_variable gate_;
  bool open_ = false, waiting_ = false;
  net::RawServer slow_;  // last: its threads use the others
};

TEST_F(StopTest, WaitsForARequestInFlightAndRecordsIt) {
  start();
  bool asked = false;
  pool_->stop(std::chrono::seconds(60), [&] {
    asked = true;
    let_go();
    return false;
  });
  EXPECT_TRUE(asked);
  EXPECT_EQ(crawl().counters.fetched, 1);
  EXPECT_EQ(crawl().in_flight, 0);
}

TEST_F(StopTest, CutsARequestOffWhenTheGraceIsOver) {
  start();
  EXPECT_TRUE(test::eventually([this] { return pool_->health().in_flight == 1; }));
  pool_->stop(milliseconds(0));
  EXPECT_EQ(crawl().counters.pending, 1);
  EXPECT_EQ(frontier::open_reports(path_)->find(*url::parse("http://a.test/")).at(0).attempts, 0) << "it is no try";
  EXPECT_EQ(crawl().in_flight, 0);
}

TEST_F(StopTest, CutsARequestOffWhereItMustHurry) {
  start();
  pool_->stop(std::chrono::seconds(3600), [] { return true; });
  EXPECT_EQ(crawl().counters.pending, 1);
  EXPECT_EQ(crawl().in_flight, 0);
}

}  // namespace
}  // namespace wswp::crawl
