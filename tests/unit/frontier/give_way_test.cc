#include <fmt/format.h>

#include <set>
#include <thread>

#include "frontier_fixture.h"

namespace wswp::frontier {
namespace {

using GiveWayTest = FrontierTest;

TEST_F(GiveWayTest, WhoWantsToWriteHasATurnBetweenTheTransactionsOfALongAdd) {
  constexpr int kTransactions = 16;
  std::vector<std::string> urls;
  for (int i = 0; i < kTransactions * 4096; ++i) urls.push_back(fmt::format("http://h{}.test/", i));
  std::set<std::int64_t> found;  // how far the add was at each of our turns
  std::jthread other([&](const std::stop_token& stop) {
    const auto frontier = open_frontier(path_);
    while (!stop.stop_requested()) {
      frontier->note_time(kStart, kStart);
      found.insert(frontier->find_crawl("default")->counters.total);
    }
  });
  add(crawl_, urls);
  other.request_stop();
  other.join();
  EXPECT_GE(found.size(), kTransactions / 2U);
}

}  // namespace
}  // namespace wswp::frontier
