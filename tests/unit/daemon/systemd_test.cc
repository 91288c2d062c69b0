// What arrives at a notify socket, as sd_notify(3) describes it.
#include "daemon/systemd.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/daemon/notify_socket.h"

namespace wswp::daemon {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

int open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<int>(std::distance(begin(all), end(all)));
}

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
  set_watchdog(2000);
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

TEST(ServiceManager, WithoutASocketNothingIsToldAndNoBeatIsDue) {
  const NotifySocket socket;
  ::unsetenv("NOTIFY_SOCKET");
  set_watchdog(2000);
  const int descriptors = open_descriptors();
  ServiceManager manager;
  manager.ready();
  manager.reloading(1);
  manager.status("a");
  manager.beat(5000);
  manager.stopping();
  EXPECT_THAT(socket.messages(), IsEmpty());
  EXPECT_FALSE(manager.next_beat());
  EXPECT_EQ(open_descriptors(), descriptors) << "no socket is made for nobody";
}

TEST(ServiceManager, AnAddressThatIsNoneIsAsIfThereWereNoSocket) {
  const NotifySocket socket;
  for (const std::string& address : {std::string("notify"), std::string("/") + std::string(200, 'x')}) {
    ::setenv("NOTIFY_SOCKET", address.c_str(), 1);
    const int descriptors = open_descriptors();
    ServiceManager manager;
    manager.ready();
    EXPECT_EQ(open_descriptors(), descriptors) << address;
  }
}

TEST(ProgressLine, GroupsThousands) {
  EXPECT_EQ(to_string(ProgressLine{1234, 100'000, 412'000, 200}), "1,234 of 100,000 URLs done, 412/s, 200 in flight");
  EXPECT_EQ(to_string(ProgressLine{}), "0 of 0 URLs done, 0/s, 0 in flight");
  EXPECT_EQ(to_string(ProgressLine{1, 1'000'000, 1'500, 999}), "1 of 1,000,000 URLs done, 1.5/s, 999 in flight");
}

}  // namespace
}  // namespace wswp::daemon
