// Real forks: what happens to a child is observed through waitpid(2) and the shared page.
#include "daemon/child.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include <gtest/gtest.h>

#include "base/shared_memory.h"
#include "daemon/signals.h"

namespace wswp::daemon {
namespace {

using namespace std::chrono_literals;

constexpr MonoMs kMaxSilenceMs = 30'000;

int wait_for(pid_t pid) {
  int status = -1;
  EXPECT_EQ(::waitpid(pid, &status, 0), pid);
  return status;
}

/// Signals are blocked before a child is started, as in the supervisor.
class ChildProcess : public testing::Test {
 private:
  SignalSource signals_;
};

TEST(Backoff, DoublesFromATenthOfASecondToTenSeconds) {
  Backoff backoff;
  for (const MonoMs expected : {100, 200, 400, 800, 1600, 3200, 6400, 10'000, 10'000})
    EXPECT_EQ(backoff.after_death(0, false), expected);
}

TEST(Backoff, IsAtMostASecondAfterCrashes) {
  Backoff backoff;
  for (const MonoMs expected : {100, 200, 400, 800, 1000, 1000}) EXPECT_EQ(backoff.after_death(0, true), expected);
}

TEST(Backoff, ALongLifeMakesAllWell) {
  Backoff backoff;
  backoff.after_death(0, false);
  backoff.after_death(10'000, false);
  EXPECT_EQ(backoff.after_death(10'001, false), 0);
  EXPECT_EQ(backoff.after_death(5, false), 100);
}

TEST_F(ChildProcess, ThatDiesIsDueAgainAfterTheBackoffAndCountsARestart) {
  SharedMemory<SharedPage> page;
  Child child("test", page->control, [] { return 7; });
  EXPECT_TRUE(child.due(1000));
  child.start(3, 1000);
  ASSERT_TRUE(child.running());
  EXPECT_EQ(page->control.pid, child.pid());
  EXPECT_EQ(child.generation(), 3);
  const int status = wait_for(child.pid());
  EXPECT_EQ(WEXITSTATUS(status), 7);
  child.reaped(status, 2000);
  EXPECT_FALSE(child.running());
  EXPECT_EQ(page->control.pid, 0);
  EXPECT_EQ(page->control.restarts, 1);
  EXPECT_FALSE(child.due(2099));
  EXPECT_TRUE(child.due(2100));
  EXPECT_EQ(child.next_event(true), 2100);
}

TEST_F(ChildProcess, HasCrashedIfASignalOfItsOwnEndedIt) {
  for (const auto& [signal, crashed] :
       {std::pair(SIGSEGV, true), {SIGABRT, true}, {SIGKILL, false}, {SIGTERM, false}}) {
    SharedMemory<SharedPage> page;
    Child child("test", page->control, [signal = signal] {
      std::signal(signal, SIG_DFL);
      sigset_t all;
      sigfillset(&all);
      sigprocmask(SIG_UNBLOCK, &all, nullptr);
      return std::raise(signal);
    });
    child.start(1, 0);
    const int status = wait_for(child.pid());
    ASSERT_TRUE(WIFSIGNALED(status)) << signal;
    child.reaped(status, 10);
    EXPECT_EQ(page->control.crashed, crashed) << signal;
  }
}

TEST_F(ChildProcess, ThatIsToldToEndEndsAndCountsNoRestart) {
  SharedMemory<SharedPage> page;
  Child child("test", page->control, [] { return wait_for_sigterm(1h) ? 0 : 1; });
  child.start(1, 0);
  child.end(0, 60'000);
  EXPECT_TRUE(child.ending());
  const int status = wait_for(child.pid());
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  child.reaped(status, 10);
  EXPECT_EQ(page->control.restarts, 0);
  EXPECT_FALSE(child.ending());
  EXPECT_TRUE(child.due(10));
}

TEST_F(ChildProcess, ThatDoesNotEndInTimeIsKilled) {
  SharedMemory<SharedPage> page;
  Child child("test", page->control, [] {
    for (;;) ::pause();
    return 0;
  });
  child.start(1, 0);
  child.end(1000, 8000);
  child.end(2000, 1000);
  EXPECT_EQ(child.next_event(false), 3000);
  child.enforce(2999, 0, kMaxSilenceMs);
  EXPECT_EQ(::waitpid(child.pid(), nullptr, WNOHANG), 0);
  child.enforce(3000, 0, kMaxSilenceMs);
  EXPECT_EQ(WTERMSIG(wait_for(child.pid())), SIGKILL);
}

TEST_F(ChildProcess, ThatFallsSilentIsKilled) {
  SharedMemory<SharedPage> page;
  Child child("test", page->control, [] { return wait_for_sigterm(1h) ? 0 : 1; });
  child.start(1, 1000);
  page->control.heartbeat_ms = 5000;
  child.enforce(35'000, 0, kMaxSilenceMs);
  EXPECT_TRUE(child.beating(35'000, kMaxSilenceMs));
  EXPECT_FALSE(child.beating(35'001, kMaxSilenceMs));
  child.enforce(35'001, 10'000, kMaxSilenceMs);  // the supervisor itself slept until 10,000
  EXPECT_EQ(::waitpid(child.pid(), nullptr, WNOHANG), 0);
  child.enforce(35'001, 0, kMaxSilenceMs);
  EXPECT_EQ(WTERMSIG(wait_for(child.pid())), SIGKILL);
}

TEST_F(ChildProcess, LeavesSignalsOfTheTerminalToTheSupervisor) {
  SharedMemory<SharedPage> page;
  Child child("test", page->control, [&page] {
    page->control.ready = true;
    return wait_for_sigterm(1h) ? 0 : 1;
  });
  child.start(1, 0);
  while (!page->control.ready) ::sched_yield();
  ::kill(child.pid(), SIGINT);
  ::kill(child.pid(), SIGHUP);
  ::kill(child.pid(), SIGTERM);
  const int status = wait_for(child.pid());
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(ChildProcess, ThatThrowsEndsWithStatusOne) {
  SharedMemory<SharedPage> page;
  Child child("test", page->control, []() -> int { throw std::runtime_error("a bug"); });
  child.start(1, 0);
  EXPECT_EQ(WEXITSTATUS(wait_for(child.pid())), 1);
}

}  // namespace
}  // namespace wswp::daemon
