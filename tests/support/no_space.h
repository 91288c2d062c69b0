#pragma once
// A disk that takes nothing more: while one of these lives, no write of this process grows or changes a file. Memory
// that is mapped is not concerned. One thread, with no other that writes.

#include <sys/resource.h>

#include <csignal>

namespace wswp::test {

class NoSpace {
 public:
  NoSpace() {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit none{0, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~NoSpace() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, SIG_DFL);
  }
  NoSpace(const NoSpace&) = delete;
  NoSpace& operator=(const NoSpace&) = delete;

 private:
  rlimit before_{};
};

}  // namespace wswp::test
