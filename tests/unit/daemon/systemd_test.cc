// What arrives at a notify socket, as sd_notify(3) describes it.
#include "daemon/systemd.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "support/temp_dir.h"

namespace wswp::daemon {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class NotifySocket {
 public:
  /// `address`: as in NOTIFY_SOCKET; empty: a file of its own.
  explicit NotifySocket(std::string address = "")
      : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    if (address.empty()) address = dir_.path() + "/notify";
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    std::memcpy(name.sun_path, address.data(), address.size());
    if (address[0] == '@') name.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size());
    EXPECT_EQ(::bind(fd_.get(), reinterpret_cast<const sockaddr*>(&name), size), 0);
    ::setenv("NOTIFY_SOCKET", address.c_str(), 1);
  }
  ~NotifySocket() {
    ::unsetenv("NOTIFY_SOCKET");
    ::unsetenv("WATCHDOG_USEC");
    ::unsetenv("WATCHDOG_PID");
  }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  std::vector<std::string> messages() const {
    std::vector<std::string> all;
    std::array<char, 4096> text{};
    for (ssize_t n = 0; (n = ::recv(fd_.get(), text.data(), text.size(), 0)) >= 0;)
      all.emplace_back(text.data(), static_cast<std::size_t>(n));
    return all;
  }

 private:
  test::TempDir dir_;
  FileDescriptor fd_;
};

TEST(ServiceManager, TellsTheStatesOfALife) {
  NotifySocket socket;
  ServiceManager manager;
  manager.ready();
  manager.reloading(1234);
  manager.ready();
  manager.stopping();
  EXPECT_THAT(socket.messages(),
              ElementsAre("READY=1", "RELOADING=1\nMONOTONIC_USEC=1234000", "READY=1", "STOPPING=1"));
}

TEST(ServiceManager, TellsAStatusOnceUntilItChanges) {
  NotifySocket socket;
  ServiceManager manager;
  manager.status("a");
  manager.status("a");
  manager.status("b");
  EXPECT_THAT(socket.messages(), ElementsAre("STATUS=a", "STATUS=b"));
}

TEST(ServiceManager, BeatsAtHalfTheInterval) {
  NotifySocket socket;
  ::setenv("WATCHDOG_USEC", "2000000", 1);
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  ServiceManager manager;
  for (MonoMs now = 5000; now <= 8000; now += 250) manager.beat(now);
  EXPECT_THAT(socket.messages(), ElementsAre("WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"));
}

TEST(ServiceManager, DoesNotBeatForTheWatchdogOfAnotherProcess) {
  NotifySocket socket;
  ::setenv("WATCHDOG_USEC", "2000000", 1);
  ::setenv("WATCHDOG_PID", "1", 1);
  ServiceManager manager;
  manager.beat(5000);
  EXPECT_THAT(socket.messages(), IsEmpty());
}

TEST(ServiceManager, ManagerThatDoesNotReadHoldsNothingUpAndMissesNoState) {
  NotifySocket socket;
  ServiceManager manager;
  for (int i = 0; i < 10'000; ++i) manager.status(std::to_string(i));
  manager.ready();
  EXPECT_THAT(socket.messages(), Contains("STATUS=0"));
  manager.status("after");
  EXPECT_THAT(socket.messages(), ElementsAre("READY=1", "STATUS=after"));
}

TEST(ServiceManager, AbstractSocket) {
  const NotifySocket socket("@wswpd-test-" + std::to_string(::getpid()));
  ServiceManager manager;
  manager.ready();
  EXPECT_THAT(socket.messages(), ElementsAre("READY=1"));
}

TEST(ServiceManager, WithoutASocketNothingHappens) {
  ::unsetenv("NOTIFY_SOCKET");
  ServiceManager manager;
  manager.ready();
  manager.status("a");
  manager.beat(1);
}

TEST(ProgressLine, GroupsThousands) {
  EXPECT_EQ(to_string(ProgressLine{1234, 100'000, 412'000, 200}), "1,234 of 100,000 URLs done, 412/s, 200 in flight");
  EXPECT_EQ(to_string(ProgressLine{}), "0 of 0 URLs done, 0/s, 0 in flight");
  EXPECT_EQ(to_string(ProgressLine{1, 1'000'000, 1'500, 999}), "1 of 1,000,000 URLs done, 1.5/s, 999 in flight");
}

}  // namespace
}  // namespace wswp::daemon
