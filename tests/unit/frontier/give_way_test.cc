#include <fmt/format.h>

#include <set>
#include <thread>

#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

class GiveWayTest : public FrontierTest {
 protected:
  /// How often somebody who always wants to write had a turn while a long list was added.
  std::size_t turns_beside_an_add(store::WriterSignals* signals);
};

std::size_t GiveWayTest::turns_beside_an_add(store::WriterSignals* signals) {
  frontier_ = open_frontier(path_, {.signals = signals});
  constexpr int kRows = 64 * 1024;  // that take 0.2 s
  std::vector<std::string> urls;
  for (int i = 0; i < kRows; ++i) urls.push_back(fmt::format("http://h{}.test/", i));
  std::set<std::int64_t> found;  // how far the add was at each of our turns
  std::jthread other([&](const std::stop_token& stop) {
    const auto frontier = open_frontier(path_, {.signals = signals});
    while (!stop.stop_requested()) {
      frontier->note_time(kStart, kStart);
      found.insert(frontier->find_crawl("default")->counters.total);
    }
  });
  add(crawl_, urls);
  other.request_stop();
  other.join();
  frontier_.reset();  // before the signals go
  return found.size();
}

TEST_F(GiveWayTest, WhoWantsToWriteHasATurnBetweenTheTransactionsOfALongAdd) {
  EXPECT_GE(turns_beside_an_add(nullptr), 8U);
}

TEST_F(GiveWayTest, WhoSaysThatHeWaitsHasMoreTurns) {
  store::WriterSignals signals{};
  EXPECT_GE(turns_beside_an_add(&signals), 16U);
}

}  // namespace
}  // namespace wswp::frontier
