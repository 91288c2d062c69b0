#include "daemon/api/context.h"

#include <unistd.h>

#include <memory>
#include <thread>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "support/temp_dir.h"

namespace wswp::api {
namespace {

TEST(Context, WhoWaitsForAStartThatDoesNotComeIsLetGoAtTheStop) {
  const test::TempDir directory;
  const auto page = std::make_unique<daemon::SharedPage>();  // not ready, and never will be
  const SystemClock clock;
  Progress progress;
  const daemon::LogWatch log("");
  Context context(
      {}, directory.file("wswp.db"), page.get(), {}, [] { return Error{"none"}; }, ::getpid(), clock, progress, log);
  std::string said;
  {
    const std::jthread asker([&] {
      try {
        context.crawls();
      } catch (const frontier::Unavailable& e) {
        said = e.what();
      }
    });
    context.stopping().request_stop();
  }
  EXPECT_EQ(said, "the daemon stops");
}

}  // namespace
}  // namespace wswp::api
