#include "daemon/api/report_pool.h"

#include <atomic>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "frontier/types.h"

namespace wswp::api {
namespace {

/// Answers nothing.
class NoReports final : public frontier::Reports {
 public:
  frontier::ResultWalk walk_results(const std::optional<std::string>& /*crawl*/,
                                    std::optional<frontier::UrlState> /*outcome*/) override {
    return {};
  }
  std::vector<frontier::ResultRow> next_results(frontier::ResultWalk& /*walk*/, std::size_t /*most*/) override {
    return {};
  }
  std::vector<frontier::ErrorGroup> errors(const std::optional<std::string>& /*crawl*/) override { return {}; }
  std::optional<frontier::HostInfo> host(const url::Url& /*url*/) override { return std::nullopt; }
  std::vector<frontier::UrlInfo> find(const url::Url& /*url*/) override { return {}; }
};

class ReportPoolTest : public testing::Test {
 protected:
  std::atomic<int> opened_ = 0;
  ReportPool pool_{[this] {
                     ++opened_;
                     return std::make_unique<NoReports>();
                   },
                   2};
};

TEST_F(ReportPoolTest, NeverMoreAtATimeAndEverybodyInTheEnd) {
  constexpr int kClients = 40, kPieces = 50;
  std::atomic<int> now = 0, most = 0, served = 0;
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < kClients; ++i) {
      clients.emplace_back([&] {
        for (int piece = 0; piece < kPieces; ++piece) {
          pool_.with([&](frontier::Reports&) {
            const int here = ++now;
            for (int seen = most; here > seen && !most.compare_exchange_weak(seen, here);) {
            }
            std::this_thread::yield();
            --now;
          });
        }
        ++served;
      });
    }
  }
  EXPECT_EQ(served, kClients);
  EXPECT_LE(most, 2);
  EXPECT_LE(opened_, 2);
}

TEST_F(ReportPoolTest, OneIsKeptForTheNextUntilItIsClosed) {
  for (int i = 0; i < 3; ++i) pool_.with([](frontier::Reports&) {});
  EXPECT_EQ(opened_, 1);
  pool_.close_idle();
  pool_.with([](frontier::Reports&) {});
  EXPECT_EQ(opened_, 2);
}

TEST_F(ReportPoolTest, OneThatThrowsIsClosedAndItsPlaceIsFree) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_THROW(pool_.with([](frontier::Reports&) -> int { throw std::runtime_error("broken"); }), std::runtime_error);
  }
  EXPECT_EQ(opened_, 5);
  EXPECT_EQ(pool_.with([](frontier::Reports&) { return 7; }), 7);
}

}  // namespace
}  // namespace wswp::api
