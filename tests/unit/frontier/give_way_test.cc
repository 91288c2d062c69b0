// Long work lets others write. How it rests is usleep(3), which this program has its own of: whoever wants to write
// does so in the rests, on the same thread, and that finds the lock free or the test fails.
#include <unistd.h>

#include <ctime>
#include <functional>
#include <set>

#include <fmt/format.h>

#include "frontier_fixture.h"

namespace {

std::function<void()> in_a_rest;  // if there is one, no time goes by

}  // namespace

extern "C" int usleep(useconds_t microseconds) {
  if (in_a_rest) {
    in_a_rest();
    return 0;
  }
  const timespec rest{static_cast<time_t>(microseconds / 1'000'000),
                      static_cast<long>(microseconds % 1'000'000) * 1000};
  return ::nanosleep(&rest, nullptr);
}

namespace wswp::frontier {
namespace {

constexpr std::int64_t kStep = 1024;  // rows

class GiveWayTest : public FrontierTest {
 protected:
  ~GiveWayTest() override {
    in_a_rest = nullptr;
    frontier_.reset();  // before the signals go
  }

  /// Somebody wants to write all the time, and says so.
  void make_somebody_wait() { signals_.waited_at_ms = SystemClock().mono_ms() + 3'600'000; }

  void share(store::WriterSignals* signals) {
    frontier_ = open_frontier(path_, {.signals = signals});
    other_ = open_frontier(path_, {.signals = signals});
    in_a_rest = [this] {
      ++rests_;
      other_->note_time(kStart, kStart);
      seen_.insert(query("select coalesce(sum(total * 1000000 + failed), 0) from crawl"));
    };
  }

  static std::vector<std::string> hosts(std::int64_t count) {
    std::vector<std::string> urls;
    for (std::int64_t i = 0; i < count; ++i) urls.push_back(fmt::format("http://h{}.test/", i));
    return urls;
  }

  store::WriterSignals signals_{};
  std::unique_ptr<Frontier> other_;
  int rests_ = 0;
  std::set<std::int64_t> seen_;  // how far the long work was in the rests
};

TEST_F(GiveWayTest, ALongAddRestsBetweenItsTransactions) {
  share(nullptr);
  add(crawl_, hosts(64 * kStep));  // takes 0.2 s, and a transaction 12 ms
  EXPECT_GE(seen_.size(), 4U);
}

TEST_F(GiveWayTest, ALongAddRestsAfterEachStepWhereSomebodyWaits) {
  share(&signals_);
  make_somebody_wait();
  add(crawl_, hosts(8 * kStep));
  std::set<std::int64_t> steps;
  for (std::int64_t i = 0; i < 8; ++i) steps.insert(i * kStep * 1'000'000);
  EXPECT_EQ(seen_, steps);
  EXPECT_EQ(rests_, 2 * 8 * 10) << "first the hosts, then the URLs, ten rests each";
}

TEST_F(GiveWayTest, ARestEndsWhenTheOtherHasHadItsTurn) {
  share(&signals_);
  make_somebody_wait();
  in_a_rest = [this] {
    ++rests_;
    signals_.waited_at_ms = 0;
  };
  add(crawl_, hosts(1));
  EXPECT_EQ(rests_, 1);
}

TEST_F(GiveWayTest, NobodyWaitsNobodyRests) {
  share(&signals_);
  add(crawl_, hosts(kStep));
  EXPECT_EQ(rests_, 0);
}

TEST_F(GiveWayTest, ARemovalRestsBetweenItsSteps) {
  add(crawl_, hosts(4 * kStep));
  const CrawlId removed = *frontier_->begin_removal("default");
  share(&signals_);
  make_somebody_wait();
  int steps = 1;
  while (frontier_->remove_step(removed) != RemovalProgress::kDone) ++steps;
  EXPECT_GE(steps, 4);
  EXPECT_EQ(rests_, 10 * steps);
}

TEST_F(GiveWayTest, ARetryRestsBetweenItsTransactions) {
  add(crawl_, hosts(2 * kStep));
  std::vector<VisitReport> reports;
  for (const Visit& visit : frontier_->claim(0, 2 * kStep, kStart)) {
    reports.push_back(fetched(visit, kStart));
    reports.back().urls[0].outcome = Outcome{.state = UrlState::kFailed, .error = "dns", .fetched_at = kStart};
  }
  frontier_->record(reports, kStart);
  share(&signals_);
  make_somebody_wait();
  EXPECT_EQ(frontier_->begin_retry("default"), 2 * kStep);
  while (frontier_->retry_step(crawl_)) {
  }
  EXPECT_GE(seen_.size(), 3U);
}

}  // namespace
}  // namespace wswp::frontier
