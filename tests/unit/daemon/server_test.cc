// The server on a socket of its own, with resources that the tests make.
#include "daemon/api/server.h"

#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/shared_memory.h"
#include "store/migrate.h"
#include "support/eventually.h"
#include "support/http_exchange.h"
#include "support/temp_dir.h"

namespace wswp::api {
namespace {

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    EXPECT_TRUE(store::migrate(directory_.file("wswp.db")));
    page_->control.ready = true;
    context_.emplace(
        config::Settings{}, directory_.file("wswp.db"), &*page_, std::vector<int>{}, [] { return config::Settings{}; },
        ::getpid(), clock_, progress_, log_);
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    path_.copy(name.sun_path, sizeof(name.sun_path) - 1);
    EXPECT_EQ(::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&name), sizeof(name)), 0);
    EXPECT_EQ(::listen(listener_.get(), 16), 0);
    // Whoever it is, the file system lets him in: the server judges.
    ::chmod(directory_.path().c_str(), 0755);
    ::chmod(path_.c_str(), 0777);
  }

  void serve(Handler handler) {
    auto server = Server::start(listener_.get(), {{"GET", "/thing", std::move(handler)}}, *context_);
    ASSERT_TRUE(server) << server.message();
    server_ = std::move(*server);
  }
  void serve_plainly() {
    serve([](Context& /*context*/, const Request& /*request*/) -> Answer { return Response{.body = "here"}; });
  }
  test::HttpReply ask() const { return test::exchange(test::connect_unix(path_), "GET", "/thing"); }

  test::TempDir directory_;
  const std::string path_ = directory_.file("socket");
  const SystemClock clock_;
  Progress progress_;
  daemon::LogWatch log_{""};
  SharedMemory<daemon::SharedPage> page_;
  const FileDescriptor listener_{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  std::optional<Context> context_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, ARequestThatIsBeingAnsweredEndsBeforeTheServerDoes) {
  std::atomic<bool> entered = false, ending = false;
  serve([&](Context& context, const Request& /*request*/) -> Answer {
    entered = true;
    EXPECT_TRUE(test::eventually([&] { return ending.load(); }));
    // A stop that does not wait says so at once; one that waits for us never does.
    EXPECT_FALSE(test::eventually([&] { return context.stopping().stop_requested(); }, std::chrono::milliseconds(300)));
    return Response{.body = "all of it"};
  });
  test::HttpReply reply;
  std::jthread client([&] { reply = ask(); });
  ASSERT_TRUE(test::eventually([&] { return entered.load(); }));
  ending = true;
  server_->stop(std::chrono::seconds(30));
  client.join();
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "all of it");
}

TEST_F(ServerTest, ARequestThatTakesLongerThanTheGraceIsToldToBreakOff) {
  std::atomic<bool> entered = false, told = false;
  serve([&](Context& context, const Request& /*request*/) -> Answer {
    entered = true;
    told = test::eventually([&] { return context.stopping().stop_requested(); });
    return Response{};
  });
  std::jthread client([&] {
    try {
      ask();
    } catch (const std::exception&) {  // the connection is broken off
    }
  });
  ASSERT_TRUE(test::eventually([&] { return entered.load(); }));
  server_->stop(std::chrono::milliseconds(1));
  EXPECT_TRUE(told);
}

TEST_F(ServerTest, WhoeverRunsTheDaemonMayAsk) {
  serve_plainly();
  EXPECT_EQ(ask().status, 200);
}

/// Asks as somebody else, with this primary and this supplementary group: a thread has credentials of its own for the
/// kernel. 0: they could not be had.
int status_for(const std::function<int()>& ask, uid_t user, gid_t group, gid_t other) {
  int status = 0;
  std::jthread([&] {
    if (::syscall(SYS_setgroups, 1, &other) == 0 && ::syscall(SYS_setresgid, group, group, group) == 0 &&
        ::syscall(SYS_setresuid, user, user, user) == 0)
      status = ask();
  }).join();
  return status;
}

TEST_F(ServerTest, AStrangerMayNotAndAMemberOfTheGroupMay) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
  serve_plainly();
  constexpr uid_t kUser = 54'321;
  constexpr gid_t kGroup = 54'322, kOther = 54'323;
  const gid_t daemons = ::getegid();
  const auto asked = [this] { return ask().status; };
  EXPECT_EQ(status_for(asked, kUser, kGroup, kOther), 403);
  EXPECT_EQ(status_for(asked, kUser, daemons, kOther), 200);
  EXPECT_EQ(status_for(asked, kUser, kGroup, daemons), 200);
}

}  // namespace
}  // namespace wswp::api
