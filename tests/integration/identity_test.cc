// Who we say we are: the User-Agent of the configuration, in every request, and nothing else that could be smuggled in.

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/daemon.h"
#include "support/process.h"
#include "support/scripted_server.h"

namespace wswp::test {
namespace {

constexpr const char* kWarning = "does not tell site owners how to reach you";

TEST(Identity, IsInEveryRequestAndNothingMoreThanItMustBe) {
  ScriptedServer server;
  server.answer("a.test/", {http(302, "Location: /b\r\nSet-Cookie: a=b\r\n"), Reply::Then::kKeep});
  Daemon daemon(crawl_config(server.authority(), {{"fetch.user_agent", "'mybot/2.1 (+https://example.org/bot)'"}}));
  daemon.start();
  daemon.add("a.test\n");
  daemon.wait_until_done();
  const auto asked = server.asked(3);
  ASSERT_EQ(asked.size(), 3U);
  for (const ScriptedRequest& each : asked) {
    EXPECT_EQ(each.head, fmt::format("GET {} HTTP/1.1\r\nHost: a.test\r\n"
                                     "User-Agent: mybot/2.1 (+https://example.org/bot)\r\nAccept: */*\r\n"
                                     "Accept-Encoding: deflate, gzip, br, zstd\r\n\r\n",
                                     each.target));
  }
}

TEST(Identity, IsByDefaultTheProgramsName) {
  const ScriptedServer server;
  Daemon daemon(crawl_config(server.authority()));
  daemon.start();
  daemon.add("a.test\n");
  daemon.wait_until_done();
  for (const ScriptedRequest& each : server.asked(2))
    EXPECT_NE(each.head.find("\r\nUser-Agent: wswp/1.0\r\n"), std::string::npos) << each.head;
}

TEST(Identity, WithoutAContactIsWarnedOf) {
  Daemon daemon(crawl_config(""));
  daemon.start();
  EXPECT_NE(daemon.log().find(kWarning), std::string::npos);
  EXPECT_EQ(daemon.stop(), 0);
  daemon.configure(crawl_config("", {{"fetch.user_agent", "'mybot/2.1 (me@example.org)'"}}));
  const std::size_t before = daemon.log().size();
  daemon.start();
  EXPECT_EQ(daemon.log().find(kWarning, before), std::string::npos);
}

TEST(Identity, HasNoRoomForASecondHeader) {
  for (const char* agent :
       {R"("bot\r\nX-Injected: y")", R"("bot\nX: y")", R"("bot\u0000")", R"("bot\u0085x")", R"("")"}) {
    const Daemon daemon(Config{{"fetch.user_agent", agent}});
    const Finished checked = run({Daemon::binary(), "--config", daemon.config_file(), "--check-config"});
    EXPECT_EQ(checked.exit, 2) << agent;
    EXPECT_NE(checked.err.find("user_agent"), std::string::npos) << checked.err;
  }
}

}  // namespace
}  // namespace wswp::test
