#include "crawl/work_mark.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "base/shared_memory.h"

namespace wswp::crawl {
namespace {

const frontier::UrlKey kUrl{.crawl = 3, .host = 20, .rank = 100};

TEST(Working, MarksAndClears) {
  WorkMark mark;
  EXPECT_FALSE(mark.get());
  {
    const Working working(mark, kUrl);
    ASSERT_TRUE(mark.get());
    EXPECT_EQ(mark.get()->rank, 100);
    EXPECT_EQ(mark.get()->host, 20);
  }
  EXPECT_FALSE(mark.get());
}

TEST(Working, LeavesTheMarkWhereAnExceptionPasses) {
  WorkMark mark;
  EXPECT_THROW(
      {
        const Working working(mark, kUrl);
        throw std::runtime_error("x");
      },
      std::runtime_error);
  EXPECT_TRUE(mark.get());
}

/// Forks; in the child one thread works on kUrl and another on nothing, and `crash` runs in the first. Returns how the
/// child ended.
int run_in_child(WorkMark& suspect, const std::function<void()>& crash) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    CrashHandler::install(suspect);
    WorkMark idle, mark;
    std::thread other([&] {
      const CrashHandler handler(idle);
      ::pause();
    });
    std::thread([&] {
      const CrashHandler handler(mark);
      const Working working(mark, kUrl);
      crash();
    }).join();
    ::_exit(0);
  }
  int status = -1;
  EXPECT_EQ(::waitpid(pid, &status, 0), pid);
  return status;
}

volatile int deepest = 1 << 30;

int overflow(int depth) {
  if (depth == deepest) return 0;
  volatile char frame[4096];
  frame[0] = static_cast<char>(depth);
  return overflow(depth + 1) + frame[0];
}

TEST(CrashHandler, NotesTheUrlOfTheThreadThatCrashes) {
  const SharedMemory<WorkMark> suspect;
  const int status = run_in_child(*suspect, [] { std::raise(SIGSEGV); });
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGSEGV) << "the signal does what it would have done";
  ASSERT_TRUE(suspect->get());
  EXPECT_EQ(suspect->get()->crawl, 3);
}

TEST(CrashHandler, SeesAnAbort) {
  const SharedMemory<WorkMark> suspect;
  EXPECT_EQ(WTERMSIG(run_in_child(*suspect, [] { std::abort(); })), SIGABRT);
  EXPECT_TRUE(suspect->get());
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they give the stack a meaning of their own
TEST(CrashHandler, SeesAStackThatOverflows) {
  const SharedMemory<WorkMark> suspect;
  EXPECT_EQ(WTERMSIG(run_in_child(*suspect, [] { overflow(0); })), SIGSEGV);
  EXPECT_TRUE(suspect->get());
}
#endif

TEST(CrashHandler, AKillIsNobodysFault) {
  const SharedMemory<WorkMark> suspect;
  EXPECT_EQ(WTERMSIG(run_in_child(*suspect, [] { ::kill(::getpid(), SIGKILL); })), SIGKILL);
  EXPECT_FALSE(suspect->get());
}

}  // namespace
}  // namespace wswp::crawl
