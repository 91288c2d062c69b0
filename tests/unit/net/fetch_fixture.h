#pragma once
// What the tests of the loop share: a handler that keeps everything, and "run until done".

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "net/fetch_loop.h"

namespace wswp::net {

/// Keeps what a transfer brought.
class Keeper : public FetchHandler {
 public:
  void on_head(const ResponseHead& head) override {
    ++heads;
    head_status = head.status;
  }
  bool on_body(std::string_view piece) override {
    body += piece;
    return body.size() < enough;
  }
  void on_done(const Response& response) override {
    ++dones;
    error = to_string(response.error);
    obstacle = code_of(response.obstacle);
    status = response.head.status;
    content_type = response.head.content_type;
    location = response.head.location;
    remote_ip = response.remote_ip;
    http_version = response.http_version;
    bytes = response.bytes;
    truncated = response.truncated;
    repeat = response.repeat;
    elapsed_ms = response.elapsed_ms;
  }

  std::size_t enough = static_cast<std::size_t>(-1);  // on_body says false from here on
  int heads = 0, dones = 0, head_status = 0, status = 0;
  std::string body, error, obstacle, content_type, location, remote_ip, http_version;
  std::int64_t bytes = 0, elapsed_ms = 0;
  bool truncated = false;
  std::optional<Manner> repeat;
};

class FetchTest : public testing::Test {
 protected:
  FetchTest() { options.allow_private = true; }

  /// The loop of `options`, made when first asked for.
  FetchLoop& loop() {
    if (!loop_) loop_ = std::make_unique<FetchLoop>(options, clock, nullptr);
    return *loop_;
  }
  /// Turns the loop until nothing is in flight; a test that takes 20 s has failed.
  void run() {
    const MonoMs deadline = clock.mono_ms() + 20'000;
    while (loop().in_flight() > 0 && clock.mono_ms() < deadline) loop().run_once(100);
    ASSERT_EQ(loop().in_flight(), 0U);
  }
  Keeper fetch(const std::string& url, bool last = false, Manner manner = Manner::kUsual) {
    Keeper keeper;
    loop().start({.url = url, .last = last, .manner = manner}, keeper);
    run();
    EXPECT_EQ(keeper.dones, 1);
    return keeper;
  }

  SystemClock clock;
  FetchOptions options;

 private:
  std::unique_ptr<FetchLoop> loop_;
};

}  // namespace wswp::net
