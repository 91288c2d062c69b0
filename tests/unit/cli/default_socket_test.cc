#include "cli/default_socket.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace wswp::cli {
namespace {

constexpr uid_t kNobody = 65534;

TEST(DefaultSocket, IsTheUsersOwnUnlessOnlyTheSystemsIsThere) {
  const test::TempDir directory;
  const std::string own = directory.file("own"), system = directory.file("system");
  EXPECT_EQ(socket_of(own, system), own) << "neither is there";
  std::ofstream(system) << "";
  EXPECT_EQ(socket_of(own, system), system);
  std::ofstream(own) << "";
  EXPECT_EQ(socket_of(own, system), own);
}

TEST(DefaultSocket, WhatMayNotBeLookedAtIsThere) {
  const test::TempDir directory;
  const std::string folder = directory.file("run");
  ASSERT_EQ(::mkdir(folder.c_str(), 0700), 0);
  ::chmod(directory.file("").c_str(), 0755);
  ::chmod(folder.c_str(), 0);
  const pid_t child = ::fork();
  if (child == 0) {  // root may look everywhere
    if (::geteuid() == 0 && ::setresuid(kNobody, kNobody, kNobody) != 0) ::_exit(2);
    ::_exit(socket_of(directory.file("own"), folder + "/sock") == folder + "/sock" ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::chmod(folder.c_str(), 0700);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace wswp::cli
