#include "daemon/api/chores.h"

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/eventually.h"

namespace wswp::api {
namespace {

using frontier::CrawlId;
using frontier::RemovalProgress;
using frontier::Unavailable;
using testing::ElementsAre;

/// What the storage says, call by call, and what it was asked. Any thread.
class Script {
 public:
  using Step = std::function<RemovalProgress()>;
  void begin(CrawlId crawl) {
    const std::lock_guard lock(mutex_);
    unfinished_.push_back(crawl);
  }
  /// The answers to the next steps; those after them are kDone.
  void next(std::vector<Step> steps) {
    const std::lock_guard lock(mutex_);
    steps_.assign(steps.begin(), steps.end());
  }
  std::vector<CrawlId> unfinished() {
    const std::lock_guard lock(mutex_);
    return unfinished_;
  }
  RemovalProgress step(CrawlId crawl) {
    const std::lock_guard lock(mutex_);
    asked_.push_back(crawl);
    RemovalProgress progress = RemovalProgress::kDone;
    if (!steps_.empty()) {
      const Step step = steps_.front();
      steps_.pop_front();
      progress = step();
    }
    if (progress == RemovalProgress::kDone) std::erase(unfinished_, crawl);
    return progress;
  }
  void begin_retry(CrawlId crawl, int steps) {
    const std::lock_guard lock(mutex_);
    retry_ = crawl;
    retry_steps_ = steps;
  }
  std::vector<CrawlId> unfinished_retries() {
    const std::lock_guard lock(mutex_);
    return retry_steps_ > 0 ? std::vector{retry_} : std::vector<CrawlId>{};
  }
  bool retry(CrawlId crawl) {
    const std::lock_guard lock(mutex_);
    asked_.push_back(crawl);
    return --retry_steps_ > 0;
  }
  /// The crawls of the steps so far.
  std::vector<CrawlId> asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  bool all_removed() {
    return test::eventually([this] { return unfinished().empty(); });
  }

 private:
  std::mutex mutex_;
  std::vector<CrawlId> unfinished_, asked_;
  std::deque<Step> steps_;
  CrawlId retry_ = 0;
  int retry_steps_ = 0;
};

class ScriptedWork final : public frontier::LongWork {
 public:
  explicit ScriptedWork(Script& script) : script_(script) {}
  std::vector<CrawlId> unfinished_removals() override { return script_.unfinished(); }
  RemovalProgress remove_step(CrawlId crawl) override { return script_.step(crawl); }
  std::vector<CrawlId> unfinished_retries() override { return script_.unfinished_retries(); }
  bool retry_step(CrawlId crawl) override { return script_.retry(crawl); }

 private:
  Script& script_;
};

RemovalProgress more() {
  return RemovalProgress::kMore;
}
RemovalProgress waiting() {
  return RemovalProgress::kWaiting;
}
RemovalProgress refused() {
  throw Unavailable(Obstacle::kDiskFull, "disk full");
}

class ChoresTest : public testing::Test {
 protected:
  Chores::Open opens() {
    return [this] { return std::make_unique<ScriptedWork>(script_); };
  }
  Script script_;
};

TEST_F(ChoresTest, GoesOnWithWhatAnEarlierProcessHasBegun) {
  script_.begin(7);
  script_.next({more, more});
  const Chores chores(opens(), [] {});
  EXPECT_TRUE(script_.all_removed());
  EXPECT_THAT(script_.asked(), ElementsAre(7, 7, 7));
}

TEST_F(ChoresTest, ARemovalGoesOnAfterTheStorageHasRefusedAStep) {
  script_.begin(7);
  script_.next({more, refused, refused, more});
  const Chores chores(opens(), [] {});
  EXPECT_TRUE(script_.all_removed());
  EXPECT_THAT(script_.asked(), ElementsAre(7, 7, 7, 7, 7));
}

TEST_F(ChoresTest, AConnectionThatCannotBeOpenedIsTriedAgain) {
  script_.begin(7);
  int tries = 0;
  const auto open = [&]() -> std::unique_ptr<frontier::LongWork> {
    if (++tries < 3) throw Unavailable(Obstacle::kReadOnly, "read-only");
    return std::make_unique<ScriptedWork>(script_);
  };
  const Chores chores(open, [] {});
  EXPECT_TRUE(script_.all_removed());
}

TEST_F(ChoresTest, AVisitThatIsOutIsWaitedForWhileOtherRemovalsGoOn) {
  script_.begin(7);
  script_.begin(8);
  script_.next({waiting, more});
  const Chores chores(opens(), [] {});
  EXPECT_TRUE(script_.all_removed());
  EXPECT_THAT(script_.asked(), ElementsAre(7, 8, 7, 8));
}

TEST_F(ChoresTest, ALaterRemovalIsNoticedWhenItIsTold) {
  Chores chores(opens(), [] {});
  for (const CrawlId crawl : {1, 2}) {
    script_.begin(crawl);
    chores.notify();
    EXPECT_TRUE(script_.all_removed());
  }
  EXPECT_THAT(script_.asked(), ElementsAre(1, 2));
}

TEST_F(ChoresTest, TheEndOfTheDaemonIsNotHeldUpByAVisitThatIsOut) {
  script_.begin(7);
  script_.next(std::vector<Script::Step>(1000, waiting));
  {
    const Chores chores(opens(), [] {});
    EXPECT_TRUE(test::eventually([this] { return !script_.asked().empty(); }));
  }
  EXPECT_LT(script_.asked().size(), 1000U);
}

TEST_F(ChoresTest, StepsOfARetryTellThatThereIsWorkAndTakeTurnsWithRemovals) {
  script_.begin(7);
  script_.next({more, more});
  script_.begin_retry(9, 2);
  std::atomic<int> told = 0;
  const Chores chores(opens(), [&told] { ++told; });
  EXPECT_TRUE(script_.all_removed());
  EXPECT_THAT(script_.asked(), ElementsAre(9, 7, 9, 7, 7));
  EXPECT_EQ(told, 2);
}

}  // namespace
}  // namespace wswp::api
