#include "daemon/shared_page.h"

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/shared_memory.h"

namespace wswp::daemon {
namespace {

TEST(SharedPage, BeginsWithZeros) {
  SharedMemory<SharedPage> page;
  EXPECT_EQ(page->control.pid, 0);
  EXPECT_FALSE(page->control.ready);
  EXPECT_EQ(page->workers.back().restarts, 0);
  EXPECT_EQ(page->total, 0);
  EXPECT_FALSE(page->stopping);
}

TEST(SharedPage, WhatAChildWritesStaysWhenItIsGone) {
  SharedMemory<SharedPage> page;
  const pid_t pid = ::fork();
  if (pid == 0) {
    page->workers[kMaxWorkers - 1].heartbeat_ms = 42;
    page->workers[kMaxWorkers - 1].in_flight += 3;
    ::_exit(0);
  }
  ::waitpid(pid, nullptr, 0);
  EXPECT_EQ(page->workers[kMaxWorkers - 1].heartbeat_ms, 42);
  EXPECT_EQ(page->workers[kMaxWorkers - 1].in_flight, 3);
}

}  // namespace
}  // namespace wswp::daemon
