// The server on a socket of its own: how long it waits for whom.
#include "daemon/api/server.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <future>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "daemon/control_socket.h"
#include "support/eventually.h"
#include "support/http_exchange.h"
#include "support/temp_dir.h"

namespace wswp::api {
namespace {

/// A body without an end.
class Endless final : public BodyStream {
 public:
  explicit Endless(std::atomic<int>& alive) : alive_(alive) { ++alive_; }
  ~Endless() override { --alive_; }
  Endless(const Endless&) = delete;
  Endless& operator=(const Endless&) = delete;
  Result<std::size_t> read(std::span<char> out) override {
    std::memset(out.data(), 'x', out.size());
    return out.size();
  }

 private:
  std::atomic<int>& alive_;
};

class ServerPatienceTest : public testing::Test {
 protected:
  ServerPatienceTest() {
    const Handler endless = [this](Context&, const Request&) -> Answer {
      Response response;
      response.stream = std::make_unique<Endless>(streams_);
      return response;
    };
    const Handler slow = [this](Context&, const Request&) -> Answer {
      released_.get_future().wait_for(test::kPatience);
      return Response{.status = 200, .body = "{}"};
    };
    auto socket = daemon::ControlSocket::bind(path_);
    EXPECT_TRUE(socket.ok());
    socket_ = std::make_unique<daemon::ControlSocket>(std::move(*socket));
    auto server = Server::start(socket_->fd(), {{"GET", "/endless", endless}, {"GET", "/slow", slow}}, context_,
                                {.idle_s = 1, .unread_s = 1});
    EXPECT_TRUE(server.ok());
    server_ = std::move(*server);
  }

  static void ask(const FileDescriptor& client, const std::string& path) {
    test::send_all(client, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  static bool hung_up(const FileDescriptor& client) {
    pollfd one{client.get(), 0, 0};
    return ::poll(&one, 1, 0) == 1 && (one.revents & POLLHUP) != 0;
  }

  test::TempDir directory_;
  const std::string path_ = directory_.file("sock");
  std::atomic<int> streams_ = 0;
  std::promise<void> released_;
  std::unique_ptr<daemon::SharedPage> page_ = std::make_unique<daemon::SharedPage>();
  SystemClock clock_;
  Progress progress_;
  daemon::LogWatch log_{""};
  Context context_{
      {}, directory_.file("wswp.db"), page_.get(), {}, [] { return Error{""}; }, ::getpid(), clock_, progress_, log_};
  std::unique_ptr<daemon::ControlSocket> socket_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerPatienceTest, AConnectionWithoutARequestIsEnded) {
  const FileDescriptor silent = test::connect_unix(path_), begun = test::connect_unix(path_);
  test::send_all(begun, "GET /endl");
  EXPECT_TRUE(test::eventually([&] { return hung_up(silent) && hung_up(begun); }));
}

TEST_F(ServerPatienceTest, AnAnswerThatNobodyReadsIsEnded) {
  const FileDescriptor client = test::connect_unix(path_);
  ask(client, "/endless");
  char byte = 0;
  ASSERT_EQ(::recv(client.get(), &byte, 1, 0), 1);
  ASSERT_EQ(streams_, 1);
  EXPECT_TRUE(test::eventually([&] { return hung_up(client) && streams_ == 0; }));
  EXPECT_TRUE(test::eventually([&] { return server_->take_lull(); })) << "memory may be given back";
}

TEST_F(ServerPatienceTest, AnAnswerThatTakesLongIsGiven) {
  const FileDescriptor client = test::connect_unix(path_);
  ask(client, "/slow");
  const FileDescriptor idle = test::connect_unix(path_);
  EXPECT_TRUE(test::eventually([&] { return hung_up(idle); })) << "so long it has taken already";
  released_.set_value();
  EXPECT_EQ(test::receive_reply(client).status, 200);
}

}  // namespace
}  // namespace wswp::api
